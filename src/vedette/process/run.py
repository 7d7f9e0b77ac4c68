"""Run one program to its end."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from vedette import settings
from vedette.errors import ProgramFailedError, ProgramMissingError

_GLANCE_SECONDS = 0.2


@dataclass(frozen=True, kw_only=True)
class Completed:
    """What a program that has ended left behind."""

    stdout: str
    stderr: str
    returncode: int


def run(
    argv: Sequence[str | Path],
    *,
    timeout: float,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    watch: Callable[[], None] | None = None,
) -> Completed:
    """Run a program and wait for its end; a code other than 0 is the caller's to judge.

    Args:
        argv: The program and its arguments.
        timeout: Seconds after which it and its children are killed.
        env: Added to the environment.
        cwd: Where it starts.
        watch: Called about every 0.2 s while it runs.

    Raises:
        ProgramMissingError: there is no such program, or this machine cannot run it.
        ProgramFailedError: it did not end in time.
    """
    try:
        # A session of its own, so that a kill reaches the children too (pip, apt's methods).
        child = subprocess.Popen(
            [str(word) for word in argv],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=settings.child_environment(**(env or {})),
            cwd=cwd,
            start_new_session=True,
        )
    except OSError as error:
        problem = f"{argv[0]} does not run here: {error.strerror or error}"
        raise ProgramMissingError(problem, hint="install it, or name another one") from None
    try:
        stdout, stderr = _collect(child, time.monotonic() + timeout, watch)
    except subprocess.TimeoutExpired:
        _kill(child)
        problem = f"{argv[0]} did not end within {timeout:g} s"
        raise ProgramFailedError(problem, hint="try again; look at its load") from None
    except BaseException:
        _kill(child)
        raise
    return Completed(
        stdout=stdout.decode(errors="replace"),
        stderr=stderr.decode(errors="replace"),
        returncode=child.returncode,
    )


def _collect(
    child: subprocess.Popen[bytes], deadline: float, watch: Callable[[], None] | None
) -> tuple[bytes, bytes]:
    while True:
        left = deadline - time.monotonic()
        try:
            return child.communicate(timeout=min(left, _GLANCE_SECONDS) if watch else left)
        except subprocess.TimeoutExpired:
            if time.monotonic() >= deadline or watch is None:
                raise
            watch()


def _kill(child: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    child.communicate()
