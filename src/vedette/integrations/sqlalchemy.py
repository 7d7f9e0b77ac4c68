"""SQLAlchemy: time every query, and watch the pools of connections.

from vedette.integrations.sqlalchemy import instrument

instrument()
"""

import threading
import time
from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary, WeakSet

from vedette.model.integration import Integration
from vedette.packs.database.record import Pool, Queries, operation
from vedette.sdk.monitor import Monitor, default_monitor

if TYPE_CHECKING:
    from sqlalchemy.engine import Engine
    from sqlalchemy.ext.asyncio import AsyncEngine

INTEGRATION = Integration(
    title="SQLAlchemy",
    library="sqlalchemy",
    summary="Queries by operation, their time and errors, and the pools of connections.",
    packs=("database",),
    example="""\
from sqlalchemy import create_engine, text

from vedette.integrations.sqlalchemy import instrument

instrument()
engine = create_engine("sqlite://")
with engine.connect() as connection:
    connection.execute(text("SELECT 1"))
""",
)

_STARTED = "vedette_started"
_installed: "WeakKeyDictionary[Any, _Watch]" = WeakKeyDictionary()
_lock = threading.Lock()


def instrument(
    engine: "Engine | AsyncEngine | None" = None, *, monitor: Monitor | None = None
) -> None:
    """Record the queries of one engine, or of every engine of this process.

    A second call for the same engine changes nothing; once every engine is watched, so is
    any that is given here.

    Args:
        engine: Which; every one, those made later too, unless given.
        monitor: Whose instruments; the process's own unless given.
    """
    from sqlalchemy.engine import Engine
    from sqlalchemy.pool import Pool as ConnectionPool

    target = Engine if engine is None else getattr(engine, "sync_engine", engine)
    with _lock:
        if target in _installed or Engine in _installed:
            return
        watch = _installed[target] = _Watch(monitor or default_monitor())
    watch.listen(target)
    _time_checkouts(ConnectionPool)
    if engine is not None:
        watch.saw(target)


class _Watch:
    """The queries and pools of the engines that it listens to."""

    def __init__(self, monitor: Monitor) -> None:
        self._monitor = monitor
        self._queries: dict[str, Queries] = {}
        self._pools: dict[str, _Pools] = {}

    def listen(self, target: Any) -> None:
        """Ask SQLAlchemy to tell what happens on an engine, or on all of them."""
        from sqlalchemy import event

        event.listen(target, "engine_connect", self._connected)
        event.listen(target, "before_cursor_execute", self._before)
        event.listen(target, "after_cursor_execute", self._after)
        event.listen(target, "handle_error", self._failed)

    def saw(self, engine: Any) -> None:
        """Watch an engine's pool; after `dispose()` it is a new one."""
        if engine.pool in _checkouts:
            return
        database = _database(engine)
        if database not in self._pools:
            self._pools[database] = _Pools(database, self._monitor)
        self._pools[database].add(engine.pool)

    def _connected(self, connection: Any) -> None:
        self.saw(connection.engine)

    def _before(self, connection: Any, *_: Any) -> None:
        connection.info[_STARTED] = time.perf_counter()

    def _after(self, connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        seconds = time.perf_counter() - connection.info.pop(_STARTED, time.perf_counter())
        queries = self._of(connection.engine)
        queries.record(operation=operation(statement), seconds=seconds)

    def _failed(self, context: Any) -> None:
        queries = self._of(context.engine)
        if context.connection is None:
            queries.record(operation="connect", seconds=0.0, ok=False)
            return
        # Also told of errors before the cursor was asked: those have no start.
        now = time.perf_counter()
        started = context.connection.info.pop(_STARTED, now)
        name = operation(context.statement or "")
        queries.record(operation=name, seconds=now - started, ok=False)

    def _of(self, engine: Any) -> Queries:
        database = _database(engine)
        if database not in self._queries:
            self._queries[database] = Queries(database, monitor=self._monitor)
        return self._queries[database]


class _Pools:
    """All pools to one database; a process may have several engines for it."""

    def __init__(self, database: str, monitor: Monitor) -> None:
        self._living: WeakSet[Any] = WeakSet()
        size, in_use = partial(self._sum, _size), partial(self._sum, _in_use)
        self._recorder = Pool(database, size=size, in_use=in_use, monitor=monitor)

    def add(self, pool: Any) -> None:
        """Watch one more."""
        self._living.add(pool)
        _checkouts[pool] = self._recorder

    def _sum(self, figure: Any) -> float:
        return float(sum(figure(pool) for pool in list(self._living)))


_checkouts: "WeakKeyDictionary[Any, Pool]" = WeakKeyDictionary()


def _time_checkouts(kind: Any) -> None:
    """Time how long callers wait for a connection; SQLAlchemy has no event for the start."""
    if hasattr(kind.connect, "vedette_original"):
        return
    original = kind.connect

    def connect(pool: Any) -> Any:
        recorder = _checkouts.get(pool)
        if recorder is None:
            return original(pool)
        with recorder.waiting():
            return original(pool)

    connect.vedette_original = original  # type: ignore[attr-defined]  # says that it is done
    kind.connect = connect


def _size(pool: Any) -> int:
    """Return how many connections a pool may open; 0 for one without a limit."""
    if not callable(getattr(pool, "size", None)):  # a number, in a pool per thread
        return 0
    overflow = getattr(pool, "_max_overflow", 0)
    return 0 if overflow < 0 else int(pool.size()) + int(overflow)


def _in_use(pool: Any) -> int:
    return int(pool.checkedout()) if callable(getattr(pool, "checkedout", None)) else 0


def _database(engine: Any) -> str:
    """Return a name for the database without its host, user and folder."""
    name = engine.url.database
    return PurePath(name).name if name else str(engine.dialect.name)
