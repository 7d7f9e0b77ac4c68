"""Record a cache: what code that asks one calls."""

from vedette.packs.cache import metrics
from vedette.sdk.monitor import Monitor, default_monitor
from vedette.sdk.rows import Cell, Rows


class Cache:
    """One cache, in this process or elsewhere.

    Example:
        cache = Cache("prompts")
        cache.hit() if key in answers else cache.miss()

    Args:
        name: The label `cache` of all its series.
        monitor: Whose instruments; the process's own unless given.
    """

    def __init__(self, name: str, *, monitor: Monitor | None = None) -> None:
        self._name = name
        self._monitor = chosen = monitor or default_monitor()
        # Both from the start: a share of hits needs the one that has not happened yet.
        self._hits = chosen.counter(metrics.HITS, cache=name)
        self._misses = chosen.counter(metrics.MISSES, cache=name)
        key = ("cache", "operation")
        took = Cell(metric=metrics.OPERATION_SECONDS, value="seconds")
        self._answered = Rows(chosen, key, (took,))
        self._refused = Rows(chosen, key, (took, Cell(metric=metrics.ERRORS, value=1)))
        self._evicted_before: float | None = None

    def hit(self, times: int = 1) -> None:
        """Count questions that were answered."""
        self._hits.inc(times)

    def miss(self, times: int = 1) -> None:
        """Count questions that were not."""
        self._misses.inc(times)

    def evicted(self, entries: int = 1) -> None:
        """Count entries that were thrown away to make room."""
        self._monitor.counter(metrics.EVICTIONS, cache=self._name).inc(entries)

    def evicted_in_all(self, entries: float) -> None:
        """Say how many entries a server has thrown away since it started.

        Args:
            entries: Its own count; what it threw away before the first call is not counted
                here, and a smaller count than before means that it started anew.
        """
        before, self._evicted_before = self._evicted_before, entries
        if before is None:
            self.evicted(0)
            return
        self.evicted(int(entries - before if entries >= before else entries))

    def memory(self, used_bytes: float, limit_bytes: float = 0) -> None:
        """Say how much memory it holds, and may hold; 0 where nothing limits it."""
        self._monitor.gauge(metrics.MEMORY, cache=self._name).set(used_bytes)
        self._monitor.gauge(metrics.MEMORY_LIMIT, cache=self._name).set(limit_bytes)

    def operation(self, name: str, *, seconds: float, ok: bool = True) -> None:
        """Record one command.

        Args:
            name: What was asked, `get`; few different ones.
            seconds: From sending it to its answer.
            ok: False where it was refused, or not answered.
        """
        rows = self._answered if ok else self._refused
        rows(self._name, name)(seconds)
