"""Start a program so that it cannot outlive Vedette.

Each program leads a session of its own, so that a Ctrl-C at the terminal reaches Vedette
and not the program, and so that the program can be ended with everything it started.
"""

import ctypes
import errno
import functools
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from vedette import settings
from vedette.errors import ProgramFailedError

_PR_SET_PDEATHSIG = 1
_PR_SET_CHILD_SUBREAPER = 36


@dataclass(frozen=True, kw_only=True)
class Command:
    """What to start.

    Args:
        arguments: The program and its arguments.
        folder: Where it starts.
        log: File that its output is appended to; a pipe would fill and hang the program.
        environment: Added to Vedette's own environment.
        pass_fds: File descriptors that it inherits beside its standard ones.
        dies_with_parent: True asks the kernel (Linux) to end it when its parent dies.
        piped_input: True gives it a pipe as standard input instead of nothing.
    """

    arguments: Sequence[str]
    folder: Path
    log: Path
    environment: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    pass_fds: tuple[int, ...] = ()
    dies_with_parent: bool = True
    piped_input: bool = False


@dataclass(kw_only=True)
class Child:
    """A started process.

    Args:
        pid: Its id, which is also the id of its process group and session.
        returncode: Exit status as `subprocess` gives it; None while it lives.
    """

    pid: int
    process: "subprocess.Popen[bytes]"
    returncode: int | None = None

    def reaped(self, status: int) -> None:
        """Note the wait status that `os.waitpid` gave for it."""
        self.returncode = os.waitstatus_to_exitcode(status)
        self.process.returncode = self.returncode

    def write(self, data: bytes) -> bool:
        """Write to its standard input, where that is a pipe.

        Returns:
            False where it reads no more.
        """
        pipe = self.process.stdin
        if pipe is None or pipe.closed:
            return True
        rest = memoryview(data)
        while rest:
            try:
                rest = rest[os.write(pipe.fileno(), rest) :]
            except BrokenPipeError:
                return False
        return True

    def close_input(self) -> None:
        """Close its standard input, where that is a pipe."""
        if self.process.stdin is not None:
            self.process.stdin.close()

    def poll(self) -> int | None:
        """Return the exit status, or None; only where nobody else reaps children."""
        self.returncode = self.process.poll()
        return self.returncode


def spawn(command: Command) -> Child:
    """Start a program in a session of its own.

    To be called from the main thread: the kernel sends the parent-death signal when the
    thread that started the child ends, not when the process does.

    Raises:
        ProgramFailedError: the program cannot be executed, or its log not be opened.
    """
    program = command.arguments[0]
    try:
        log = os.open(command.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    except OSError as error:
        problem = f"cannot open the log {command.log}: {error.strerror}"
        raise ProgramFailedError(problem, hint="make room or mend its rights") from error
    try:
        process = subprocess.Popen(
            list(command.arguments),
            cwd=command.folder,
            env=settings.child_environment(**command.environment),
            stdin=subprocess.PIPE if command.piped_input else subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            pass_fds=command.pass_fds,
            bufsize=0,
            preexec_fn=_before_exec(command),  # noqa: PLW1509 - callers have one thread
        )
    except OSError as error:
        raise _cannot_start(program, command.folder, error) from error
    finally:
        os.close(log)
    return Child(pid=process.pid, process=process)


def become_subreaper() -> bool:
    """Adopt the orphans of our children, so that they can be ended too.

    Returns:
        False where the platform has no such thing.
    """
    libc = _libc()
    return libc is not None and libc.prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) == 0


@functools.cache
def _libc() -> ctypes.CDLL | None:
    return ctypes.CDLL(None) if sys.platform == "linux" else None


class _DieWithParent:
    """Runs in the child between fork and exec: nothing here may allocate much or lock."""

    def __init__(self, libc: ctypes.CDLL, parent: int) -> None:
        self._prctl = libc.prctl
        self._parent = parent

    def __call__(self) -> None:
        self._prctl(_PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
        if os.getppid() != self._parent:  # it died before the line above
            os._exit(1)


def _before_exec(command: Command) -> _DieWithParent | None:
    libc = _libc()
    if libc is None or not command.dies_with_parent:
        return None
    return _DieWithParent(libc, os.getpid())


def _cannot_start(program: str, folder: Path, error: OSError) -> ProgramFailedError:
    if not folder.is_dir():
        problem = f"cannot start {program} in {folder}: there is no such folder"
        return ProgramFailedError(problem, hint="create it, or correct the folder in vedette.yaml")
    if error.errno == errno.ENOENT:
        problem = f"cannot start {program}: there is no such program"
        return ProgramFailedError(problem, hint="install it, or correct the command")
    problem = f"cannot start {program}: {error.strerror}"
    return ProgramFailedError(problem, hint="check that it is executable on this machine")
