"""Measure the process that calls it."""

import importlib
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

from vedette.packs.process import metrics
from vedette.sdk.monitor import Monitor, default_monitor

_STATM = Path("/proc/self/statm")


def watch_process(*, monitor: Monitor | None = None) -> None:
    """Expose the processor time and memory of this process.

    Each is measured when it is scraped; call it once. What cannot be measured here (where
    nothing tells the memory) is not exposed at all, instead of as a zero.

    Args:
        monitor: Whose instruments; the process's own unless given.
    """
    bind = monitor or default_monitor()
    bind.gauge(metrics.CPU).follow(CpuUsage())
    if (memory := memory_reader()) is not None:
        bind.gauge(metrics.RAM).follow(memory)


class CpuUsage:
    """Percent of one core since the last question, or since it was made.

    Args:
        clock: Seconds that passed.
        busy: Seconds of processor time that the process used.
        shortest: Questions that follow each other faster get the same answer, in seconds.
    """

    def __init__(
        self,
        *,
        clock: Callable[[], float] = time.monotonic,
        busy: Callable[[], float] = time.process_time,
        shortest: float = 0.5,
    ) -> None:
        self._clock, self._busy, self._shortest = clock, busy, shortest
        self._then, self._used = clock(), busy()
        self._answer = 0.0
        self._lock = threading.Lock()

    def __call__(self) -> float:
        """Return the percentage."""
        with self._lock:
            now, used = self._clock(), self._busy()
            if now - self._then >= self._shortest:
                self._answer = 100 * (used - self._used) / (now - self._then)
                self._then, self._used = now, used
            return self._answer


def memory_reader() -> Callable[[], float] | None:
    """Return a function that tells the resident memory in bytes; None where nothing can."""
    if _STATM.exists():
        page = os.sysconf("SC_PAGE_SIZE")
        return lambda: float(int(_STATM.read_text(encoding="ascii").split()[1]) * page)
    try:
        # Not a dependency of a bare install; other systems than Linux have no /proc.
        process = importlib.import_module("psutil").Process()
    except ModuleNotFoundError:
        return None
    return lambda: float(process.memory_info().rss)
