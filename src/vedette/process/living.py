"""Which processes live, who they are, and how to end them with all that they started."""

import contextlib
import os
import signal
import sys
from collections.abc import Iterable
from pathlib import Path

MARK = "_VEDETTE_STACK"
_PROC = Path("/proc")
_START_TIME = 19  # of the fields of /proc/PID/stat after the command


def birth(pid: int) -> str:
    """Return when a process began, in a form that no other process of that id shares.

    Clock changes do not alter it.

    Args:
        pid: The process.

    Returns:
        The empty string where there is no such process.
    """
    if sys.platform == "linux":
        fields = _stat(pid)
        return fields[_START_TIME] if fields and fields[0] != "Z" else ""
    import psutil  # no /proc elsewhere

    try:
        return str(psutil.Process(pid).create_time())
    except psutil.Error:
        return ""


def marked(token: str) -> frozenset[int]:
    """Return the processes that a stack started, however they have moved since.

    Every program of a stack carries its token in the environment, and so does whatever
    it starts in turn, also in a session of its own.

    Args:
        token: The token of the stack's run.
    """
    wanted = f"{MARK}={token}"
    if sys.platform == "linux":
        needle = b"\0" + wanted.encode() + b"\0"
        return frozenset(pid for pid in _pids() if needle in b"\0" + _environ(pid))
    import psutil  # no /proc elsewhere

    found = set()
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            if process.environ().get(MARK) == token:
                found.add(process.pid)
    return frozenset(found)


def send(pids: Iterable[int], number: signal.Signals) -> None:
    """Send a signal to each process that is still there."""
    for pid in pids:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(pid, number)


def send_group(group: int, number: signal.Signals) -> bool:
    """Send a signal to a process group.

    Returns:
        False where nobody is left in it.
    """
    try:
        os.killpg(group, number)
    except (ProcessLookupError, PermissionError):  # macOS says EPERM of a group of zombies
        return False
    return True


def group_exists(group: int) -> bool:
    """Say whether anybody is left in a process group."""
    try:
        os.killpg(group, 0)
    except (ProcessLookupError, PermissionError):
        return False
    return True


def _pids() -> list[int]:
    with contextlib.suppress(OSError):
        return [int(name) for name in os.listdir(_PROC) if name.isdigit()]  # noqa: PTH208 - in the leash's hot path
    return []


def _environ(pid: int) -> bytes:
    try:
        return (_PROC / str(pid) / "environ").read_bytes()
    except OSError:
        return b""


def _stat(pid: int) -> list[str]:
    try:
        text = (_PROC / str(pid) / "stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return []
    return text.rpartition(")")[2].split()
