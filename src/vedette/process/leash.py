"""The leash: one small process that ends the stack's programs when the supervisor is gone.

A parent-death signal exists only on Linux, reaches only the direct children, and can be
ignored by them. The leash holds the reading end of a pipe from the supervisor. When the
supervisor dies, by whatever signal, the pipe closes; the leash then ends every process
group that the supervisor named and has not taken back, and on Linux also every process
that carries the stack's token.

It runs as a file of its own (`python -I -S leash.py TOKEN`), so that it stays small, and
imports nothing of Vedette.
"""

import contextlib
import os
import signal
import sys
import time
from pathlib import Path

MARK = "_VEDETTE_STACK"
GRACE_SECONDS = 2.0
GIVE_UP_SECONDS = 5.0
_POLL_SECONDS = 0.02
_CHUNK = 4096


def groups_at_end(pipe: int) -> set[int]:
    """Read `+PGID` and `-PGID` lines until the pipe closes; return what is left."""
    groups: set[int] = set()
    rest = b""
    while chunk := os.read(pipe, _CHUNK):
        *lines, rest = (rest + chunk).split(b"\n")
        for line in lines:
            change = groups.add if line[:1] == b"+" else groups.discard
            change(int(line[1:]))
    return groups


def end(groups: set[int], token: str) -> None:
    """Ask everything to stop, and kill what has not after the grace.

    It gives up at last: zombies that nobody reaps answer to signals for ever.
    """
    begin = time.monotonic()
    _signal_all(groups, token, signal.SIGTERM)
    while _signal_all(groups, token, None) and time.monotonic() - begin < GIVE_UP_SECONDS:
        if time.monotonic() - begin >= GRACE_SECONDS:
            _signal_all(groups, token, signal.SIGKILL)
        time.sleep(_POLL_SECONDS)


def _signal_all(groups: set[int], token: str, number: signal.Signals | None) -> bool:
    alive = False
    for group in groups:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(group, number or 0)
            alive = True
    for pid in _marked(token):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(pid, number or 0)
            alive = True
    return alive


def _marked(token: str) -> list[int]:
    needle = f"\0{MARK}={token}\0".encode()
    found = []
    if sys.platform == "linux":
        for name in os.listdir("/proc"):  # noqa: PTH208 - a Path per process is waste
            with contextlib.suppress(OSError):
                if name.isdigit() and needle in b"\0" + Path("/proc", name, "environ").read_bytes():
                    found.append(int(name))
    return found


def main() -> None:
    """Hold the pipe on standard input."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    end(groups_at_end(0), sys.argv[1])


if __name__ == "__main__":
    main()
