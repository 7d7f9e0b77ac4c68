"""Measure the process that calls it, and the machine below it."""

import importlib
import logging
import os
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from vedette.packs.process import metrics
from vedette.sdk.monitor import Monitor, default_monitor
from vedette.sdk.readings import Reading, Readings

_log = logging.getLogger("vedette")
_STATM = Path("/proc/self/statm")
_SHORTEST = 1.0  # seconds between two looks: several may scrape


def watch_process(*, monitor: Monitor | None = None) -> None:
    """Expose what this process uses: processor, memory, disk, files, threads, its children.

    Each is measured when it is scraped; call it once. What cannot be measured here (where
    nothing tells the memory) is not exposed at all, instead of as a zero. psutil is asked
    where it is installed, else /proc of Linux.

    Args:
        monitor: Whose instruments; the process's own unless given.
    """
    from vedette.packs.process import _look
    from vedette.packs.process._source import source

    bind = monitor or default_monitor()
    bind.gauge(metrics.CPU).follow(CpuUsage())
    if (memory := memory_reader()) is not None:
        bind.gauge(metrics.RAM).follow(memory)
    if (told := source()) is not None:
        _Watch(bind, _look.process(told))


def watch_system(*, monitor: Monitor | None = None) -> None:
    """Expose what the machine does: processors, memory, disks, network, filesystems.

    For machines without a node exporter, which tells more; call it in one process of the
    machine. psutil is asked where it is installed, else /proc of Linux; where there is
    neither, nothing is exposed.

    Args:
        monitor: Whose instruments; the process's own unless given.
    """
    from vedette.packs.process import _look
    from vedette.packs.process._source import source

    if (told := source()) is not None:
        _Watch(monitor or default_monitor(), _look.System(told).looks)


class _Watch:
    """Looks whenever the series are read; what cannot be told is left out, and said once."""

    def __init__(self, monitor: Monitor, looks: Sequence[Callable[[], object]]) -> None:
        self._looks = looks
        self._shown = Readings(monitor)
        self._said: set[str] = set()
        self._then = 0.0
        monitor.before_expose(self.refresh)

    def refresh(self) -> None:
        """Show what is there now, unless that was a moment ago."""
        if (now := time.monotonic()) - self._then >= _SHORTEST:
            self._then = now
            self._shown.show([reading for look in self._looks for reading in self._try(look)])

    def _try(self, look: Callable[[], object]) -> list[Reading]:
        try:
            return list(look())  # type: ignore[call-overload, no-any-return]  # looks yield readings
        except Exception as fault:  # noqa: BLE001 - each system lacks something else
            name = getattr(look, "__name__", "")
            if name not in self._said:
                self._said.add(name)
                _log.info("vedette cannot tell the %s: %s", name, fault)
            return []


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
