"""What `vedette status` and the console are told about each program."""

from collections.abc import Mapping
from typing import Any

from vedette.process.usage import Usage, sessions
from vedette.supervisor.clock import Clock
from vedette.supervisor.runner import Runner

_SHORTEST = 0.2  # seconds; over less, a percentage is noise


class Meter:
    """Turns processor seconds into a percentage since it was last asked."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._before: dict[int, tuple[float, float]] = {}
        self._shares: dict[int, float] = {}

    def read(self, leaders: frozenset[int]) -> dict[int, tuple[float, int]]:
        """Return percent of one core and bytes of memory per session.

        Args:
            leaders: Ids of the processes that lead the sessions.
        """
        now = self._clock.monotonic()
        used = sessions(leaders)
        self._before = {pid: seen for pid, seen in self._before.items() if pid in leaders}
        return {pid: (self._share(pid, use, now), use.memory_bytes) for pid, use in used.items()}

    def _share(self, pid: int, use: Usage, now: float) -> float:
        then, spent = self._before.get(pid, (0.0, 0.0))
        if pid in self._before and now - then < _SHORTEST:
            return self._shares.get(pid, 0.0)
        share = 100 * max(use.cpu_seconds - spent, 0.0) / (now - then) if then else 0.0
        self._before[pid] = (now, use.cpu_seconds)
        self._shares[pid] = share
        return share


def row(runner: Runner, used: Mapping[int, tuple[float, int]], now: float) -> dict[str, Any]:
    """Return one program's line of the status.

    Args:
        runner: The program.
        used: What `Meter.read` returned.
        now: The monotonic clock.
    """
    spec, child = runner.spec, runner.child
    share, memory = used.get(child.pid, (0.0, 0)) if child else (0.0, 0)
    return {
        "name": spec.name,
        "title": spec.title,
        "state": runner.state,
        "pid": child.pid if child else None,
        "port": spec.port or None,
        "url": spec.url,
        "version": spec.version,
        "source": spec.source,
        "restarts": runner.restarts,
        "uptime_seconds": round(now - runner.began, 1) if child else 0.0,
        "cpu_percent": round(share, 1),
        "memory_bytes": memory,
        "detail": runner.detail,
        "essential": spec.essential,
    }
