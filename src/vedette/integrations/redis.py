"""redis-py: time every command, count hits and misses, and watch the server's memory.

from vedette.integrations.redis import instrument

instrument()
"""

import functools
import threading
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary, ref

from vedette.model.integration import Integration
from vedette.packs.cache.record import Cache
from vedette.sdk.monitor import Monitor, default_monitor
from vedette.sdk.wrapping import unwrapped, wrap

if TYPE_CHECKING:
    import redis
    import redis.asyncio

INTEGRATION = Integration(
    title="redis-py",
    library="redis",
    summary="Commands with their time and errors, hits, misses, evictions and memory.",
    packs=("cache",),
    example="""\
import redis

from vedette.integrations.redis import instrument

instrument()
client = redis.Redis()
""",
)

SAMPLE_SECONDS = 15.0
_SAMPLE_TIMEOUT_SECONDS = 2.0
_PIPELINE = "pipeline"
# Answer nothing where a key is not there; other commands cannot tell a miss from a value.
_READS = frozenset({"GET", "GETEX", "GETDEL", "HGET", "LINDEX", "JSON.GET"})
_MANY_READS = frozenset({"MGET", "HMGET", "JSON.MGET"})
_AS_THE_CLIENT = ("host", "port", "path", "db", "username", "password", "credential_provider")

_watches: "WeakKeyDictionary[Any, _Watch]" = WeakKeyDictionary()
_lock = threading.Lock()


class _Everyone:
    """Whose instruments record the clients that nobody named."""

    monitor: Monitor | None = None


def instrument(
    client: "redis.Redis | redis.asyncio.Redis | None" = None,
    *,
    name: str = "",
    monitor: Monitor | None = None,
) -> None:
    """Record the commands of one client, or of every client of this process.

    The server of a client is asked for its memory and evictions every 15 seconds, from a
    thread of its own, as long as the client lives. A second call changes nothing.

    Args:
        client: Which; every one, those made later too, unless given.
        name: What the cache is called; `host:port/database` unless given.
        monitor: Whose instruments; the process's own unless given.
    """
    chosen = monitor or default_monitor()
    _patch()
    if client is None:
        _Everyone.monitor = _Everyone.monitor or chosen
    else:
        _watch(client.connection_pool, chosen, name)


class _Watch:
    """One pool of connections, and the server behind it."""

    def __init__(self, pool: Any, monitor: Monitor, name: str) -> None:
        self.cache = Cache(name or _name(pool.connection_kwargs), monitor=monitor)
        threading.Thread(
            target=_sample, args=(ref(pool), self.cache), name="vedette-redis", daemon=True
        ).start()

    def answered(self, command: str, seconds: float, answer: Any) -> None:
        """Record a command that was answered."""
        self.cache.operation(command.lower(), seconds=seconds)
        self._judge(command, answer)

    def executed(self, commands: Sequence[str], seconds: float, answers: Sequence[Any]) -> None:
        """Record a pipeline that was answered."""
        self.cache.operation(_PIPELINE, seconds=seconds)
        for command, answer in zip(commands, answers, strict=False):
            self._judge(command, answer)

    def failed(self, command: str, seconds: float) -> None:
        """Record a command that was refused, or not answered."""
        self.cache.operation(command.lower(), seconds=seconds, ok=False)

    def _judge(self, command: str, answer: Any) -> None:
        if command in _READS:
            answers: Sequence[Any] = (answer,)
        elif command in _MANY_READS and isinstance(answer, list):
            answers = answer
        else:
            return
        if missed := sum(one is None for one in answers):
            self.cache.miss(missed)
        if missed < len(answers):
            self.cache.hit(len(answers) - missed)


def _watch(pool: Any, monitor: Monitor, name: str = "") -> _Watch:
    with _lock:
        if pool not in _watches:
            _watches[pool] = _Watch(pool, monitor, name)
        return _watches[pool]


def _watch_of(client: Any) -> _Watch | None:
    pool = client.connection_pool
    if (known := _watches.get(pool)) is not None or _Everyone.monitor is None:
        return known
    return _watch(pool, _Everyone.monitor)


def _patch() -> None:
    import redis
    import redis.asyncio
    from redis.asyncio.client import Pipeline as AsyncPipeline
    from redis.client import Pipeline

    wrap(redis.Redis, "execute_command", _timed)
    wrap(Pipeline, "execute", _timed_pipeline)
    wrap(redis.asyncio.Redis, "execute_command", _timed_async)
    wrap(AsyncPipeline, "execute", _timed_async_pipeline)


def _timed(original: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(original)
    def execute_command(client: Any, *words: Any, **options: Any) -> Any:
        if (watch := _watch_of(client)) is None:
            return original(client, *words, **options)
        command, start = _command(words), time.perf_counter()
        try:
            answer = original(client, *words, **options)
        except BaseException:
            watch.failed(command, time.perf_counter() - start)
            raise
        watch.answered(command, time.perf_counter() - start, answer)
        return answer

    return execute_command


def _timed_pipeline(original: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(original)
    def execute(pipeline: Any, *words: Any, **options: Any) -> Any:
        if (watch := _watch_of(pipeline)) is None:
            return original(pipeline, *words, **options)
        commands, start = _queued(pipeline), time.perf_counter()
        try:
            answers = original(pipeline, *words, **options)
        except BaseException:
            watch.failed(_PIPELINE, time.perf_counter() - start)
            raise
        watch.executed(commands, time.perf_counter() - start, answers)
        return answers

    return execute


def _timed_async(original: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    @functools.wraps(original)
    async def execute_command(client: Any, *words: Any, **options: Any) -> Any:
        if (watch := _watch_of(client)) is None:
            return await original(client, *words, **options)
        command, start = _command(words), time.perf_counter()
        try:
            answer = await original(client, *words, **options)
        except BaseException:
            watch.failed(command, time.perf_counter() - start)
            raise
        watch.answered(command, time.perf_counter() - start, answer)
        return answer

    return execute_command


def _timed_async_pipeline(original: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    @functools.wraps(original)
    async def execute(pipeline: Any, *words: Any, **options: Any) -> Any:
        if (watch := _watch_of(pipeline)) is None:
            return await original(pipeline, *words, **options)
        commands, start = _queued(pipeline), time.perf_counter()
        try:
            answers = await original(pipeline, *words, **options)
        except BaseException:
            watch.failed(_PIPELINE, time.perf_counter() - start)
            raise
        watch.executed(commands, time.perf_counter() - start, answers)
        return answers

    return execute


def _command(words: Sequence[Any]) -> str:
    """Return a command's name: `CONFIG GET foo` is CONFIG, so that keys never become labels."""
    text = words[0].decode() if isinstance(words[0], bytes) else str(words[0])
    return text.partition(" ")[0].upper()


def _queued(pipeline: Any) -> list[str]:
    """Return the names of the commands that wait; the asynchronous pipeline keeps tuples, too."""
    stack = getattr(pipeline, "command_stack", ())
    return [
        _command(waiting[0] if isinstance(waiting, tuple) else waiting.args) for waiting in stack
    ]


def _name(options: dict[str, Any]) -> str:
    place = options.get("path") or f"{options.get('host', 'localhost')}:{options.get('port', 6379)}"
    return f"{place}/{options.get('db') or 0}"


def _sample(pool: "ref[Any]", cache: Cache) -> None:
    """Ask the server for its memory and evictions until the client is gone."""
    while (living := pool()) is not None:
        options = dict(living.connection_kwargs)
        secure = "ssl" in living.connection_class.__name__.lower()
        del living
        _ask(options, cache, secure=secure)
        time.sleep(SAMPLE_SECONDS)


def _ask(options: dict[str, Any], cache: Cache, *, secure: bool) -> None:
    import redis

    same = {key: options[key] for key in _AS_THE_CLIENT if options.get(key) is not None}
    same |= {key: value for key, value in options.items() if key.startswith("ssl_")}
    if "path" in same:
        same["unix_socket_path"] = same.pop("path")
    try:
        with redis.Redis(
            **same, ssl=secure, socket_timeout=_SAMPLE_TIMEOUT_SECONDS, decode_responses=True
        ) as client:
            facts = _uncounted(client, "INFO")
    except Exception:  # noqa: BLE001 - the commands of the program itself say what is wrong
        return
    cache.memory(float(facts["used_memory"]), float(facts["maxmemory"]))
    cache.evicted_in_all(float(facts["evicted_keys"]))


def _uncounted(client: Any, command: str) -> Any:
    """Run a command that is ours, and therefore not counted."""
    import redis

    return unwrapped(redis.Redis.execute_command)(client, command)
