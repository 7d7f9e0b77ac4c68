"""What a program and everything in its session use of the machine."""

import contextlib
import os
import sys
from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc")
# Fields of /proc/PID/stat after the command, see proc_pid_stat(5).
_SESSION, _USER_TICKS, _SYSTEM_TICKS = 3, 11, 12


@dataclass(frozen=True, kw_only=True)
class Usage:
    """Totals over a session.

    Args:
        cpu_seconds: Processor time so far.
        memory_bytes: Proportional set size: shared pages are divided by their users.
    """

    cpu_seconds: float = 0.0
    memory_bytes: int = 0


def sessions(leaders: frozenset[int]) -> dict[int, Usage]:
    """Return what each session uses, by the id of its leader.

    Args:
        leaders: Ids of the processes that lead the sessions.
    """
    found = dict.fromkeys(leaders, Usage())
    if sys.platform != "linux":
        return {leader: _portable(leader) for leader in leaders}
    tick = os.sysconf("SC_CLK_TCK")
    for entry in _PROC.iterdir():
        if not entry.name.isdigit():
            continue
        with contextlib.suppress(OSError):
            fields = (entry / "stat").read_bytes().rpartition(b")")[2].split()
            leader = int(fields[_SESSION])
            if leader in leaders:
                ticks = int(fields[_USER_TICKS]) + int(fields[_SYSTEM_TICKS])
                before = found[leader]
                found[leader] = Usage(
                    cpu_seconds=before.cpu_seconds + ticks / tick,
                    memory_bytes=before.memory_bytes + proportional(int(entry.name)),
                )
    return found


def proportional(pid: int) -> int:
    """Return the proportional set size of a process in bytes; 0 where it may not be read."""
    with contextlib.suppress(OSError):
        for line in (_PROC / str(pid) / "smaps_rollup").read_bytes().splitlines():
            if line.startswith(b"Pss:"):
                return int(line.split()[1]) * 1024
    return 0


def _portable(leader: int) -> Usage:
    import psutil  # no /proc elsewhere

    cpu, memory = 0.0, 0
    with contextlib.suppress(psutil.Error):
        first = psutil.Process(leader)
        for process in [first, *first.children(recursive=True)]:
            with contextlib.suppress(psutil.Error):
                times = process.cpu_times()
                cpu += times.user + times.system
                memory += process.memory_info().rss
    return Usage(cpu_seconds=cpu, memory_bytes=memory)
