"""Record queries and pools: what code that talks to a database calls."""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from vedette.packs.database import metrics
from vedette.sdk.monitor import Monitor, default_monitor
from vedette.sdk.rows import Cell, Rows

_COMMENTS = re.compile(r"(?:\s+|--[^\n]*\n?|/\*.*?\*/|\()*", re.DOTALL)
_WORD = re.compile(r"[A-Za-z]+")
_LEADING = 2_000  # characters: a statement of megabytes is not read for its first word
_KNOWN = frozenset(metrics.OPERATIONS)


def operation(statement: str) -> str:
    """Return what a statement does: its first word where it is a known one, else `other`.

    Args:
        statement: SQL; comments and brackets before it are passed over.
    """
    start = _COMMENTS.match(statement, 0, _LEADING)
    word = _WORD.match(statement, start.end() if start else 0)
    name = word.group().lower() if word else "other"
    return name if name in _KNOWN else "other"


class Queries:
    """The queries to one database.

    Example:
        queries = Queries("orders")
        with queries.time("select"):
            cursor.execute("SELECT ...")

    Args:
        database: Its name, the label `database`.
        monitor: Whose instruments; the process's own unless given.
    """

    def __init__(self, database: str, *, monitor: Monitor | None = None) -> None:
        self._database = database
        chosen = monitor or default_monitor()
        key = ("database", "operation")
        self._done = Rows(chosen, key, (Cell(metric=metrics.QUERY_SECONDS, value="seconds"),))
        self._failed = Rows(
            chosen,
            key,
            (
                Cell(metric=metrics.QUERY_SECONDS, value="seconds"),
                Cell(metric=metrics.QUERY_ERRORS, value=1),
            ),
        )

    def record(self, *, operation: str, seconds: float, ok: bool = True) -> None:
        """Record one query.

        Args:
            operation: What it did, as `operation()` tells it; few different ones.
            seconds: From sending it to its first result.
            ok: False where it failed.
        """
        rows = self._done if ok else self._failed
        rows(self._database, operation)(seconds)

    @contextmanager
    def time(self, operation: str) -> Iterator[None]:
        """Record the block as one query; one that raises has failed."""
        start = time.perf_counter()
        try:
            yield
        except BaseException:
            self.record(operation=operation, seconds=time.perf_counter() - start, ok=False)
            raise
        self.record(operation=operation, seconds=time.perf_counter() - start)


class Pool:
    """The connection pools of one database.

    Args:
        database: Its name, the label `database`.
        size: Tells how many connections there may be at most, whenever it is asked.
        in_use: Tells how many somebody works with.
        monitor: Whose instruments; the process's own unless given.
    """

    def __init__(
        self,
        database: str,
        *,
        size: Callable[[], float],
        in_use: Callable[[], float],
        monitor: Monitor | None = None,
    ) -> None:
        chosen = monitor or default_monitor()
        chosen.gauge(metrics.POOL_SIZE, database=database).follow(size)
        chosen.gauge(metrics.POOL_IN_USE, database=database).follow(in_use)
        self._waiting = chosen.gauge(metrics.POOL_WAITING, database=database)
        self._wait = chosen.histogram(metrics.POOL_WAIT_SECONDS, database=database)

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """Count the block as a caller who waits for a connection."""
        start = time.perf_counter()
        self._waiting.inc()
        try:
            yield
        finally:
            self._waiting.dec()
            self._wait.observe(time.perf_counter() - start)
