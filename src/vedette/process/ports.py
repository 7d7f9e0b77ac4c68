"""TCP ports: whether one is free, and who has it where it is not."""

import contextlib
import errno
import socket
from dataclasses import dataclass

from vedette.errors import InUseError


@dataclass(frozen=True, kw_only=True)
class Owner:
    """Who listens on a port, as far as this user may know.

    Args:
        pid: The process; None where it belongs to another user.
        command: Its command line, shortened; empty where it cannot be read.
    """

    pid: int | None = None
    command: str = ""

    def __str__(self) -> str:
        """Name it for a sentence."""
        if self.pid is None:
            return "another user's process"
        return f"process {self.pid} ({self.command})" if self.command else f"process {self.pid}"


_LONGEST_COMMAND = 80


def bindable(host: str, port: int) -> bool:
    """Say whether a program could listen at `host:port` now.

    Raises:
        InUseError: the system forbids this port or address altogether.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as sock:
        # As the programs do: a connection that is only winding down does not take a port.
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            sock.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                return False
            problem = f"cannot listen on {host}:{port}: {error.strerror}"
            hint = "use a port above 1023 and an address of this machine"
            raise InUseError(problem, hint=hint) from error
    return True


def free(host: str) -> int:
    """Return a port that nobody listens on at this moment."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as sock:
        sock.bind((host, 0))
        return int(sock.getsockname()[1])


def owner(port: int) -> Owner:
    """Find out who listens on a port."""
    import psutil  # large, and only needed where there is a quarrel

    with contextlib.suppress(psutil.Error, OSError):
        for connection in psutil.net_connections(kind="tcp"):
            here = connection.laddr
            if connection.status == psutil.CONN_LISTEN and here and here.port == port:
                return _describe(connection.pid)
    return Owner()


def _describe(pid: int | None) -> Owner:
    import psutil

    if pid is None:
        return Owner()
    try:
        words = psutil.Process(pid).cmdline()
    except psutil.Error:
        words = []
    command = " ".join(words)
    if len(command) > _LONGEST_COMMAND:
        command = command[: _LONGEST_COMMAND - 1] + "…"
    return Owner(pid=pid, command=command)
