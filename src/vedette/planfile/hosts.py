"""Names that mean this machine on a desktop, and nothing on a server.

Docker Desktop resolves `host.docker.internal` inside its containers and writes it into the
machine's own hosts file; on Linux the name leads nowhere. A plan that uses it works on both.
"""

import socket
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from vedette.model.plan import Plan

DOCKER_HOST = "host.docker.internal"
_LOOPBACK = "127.0.0.1"
_CONTAINER_MARKS = (Path("/.dockerenv"), Path("/run/.containerenv"))


def inside_container() -> bool:
    """True where this machine is a container."""
    return any(mark.exists() for mark in _CONTAINER_MARKS)


def resolves(host: str) -> bool:
    """True where a name leads to an address."""
    try:
        return bool(socket.getaddrinfo(host, None))
    except (OSError, UnicodeError):
        return False


def reachable(
    target: str,
    *,
    known: Callable[[str], bool] = resolves,
    contained: Callable[[], bool] = inside_container,
) -> str:
    """Return the `host:port` under which a target is reached from here.

    Only `host.docker.internal` is translated, and only where the name leads nowhere and we
    are outside of a container: it means this machine then.

    Args:
        target: `host:port`.
        known: Says whether a name leads to an address.
        contained: Says whether this machine is a container.
    """
    host, colon, port = target.rpartition(":")
    if host.lower() != DOCKER_HOST or contained() or known(host):
        return target
    return f"{_LOOPBACK}{colon}{port}"


def localised(
    plan: Plan,
    *,
    known: Callable[[str], bool] = resolves,
    contained: Callable[[], bool] = inside_container,
) -> Plan:
    """Return a plan whose targets are reached from this machine.

    Args:
        plan: As the file says.
        known: As for `reachable`.
        contained: As for `reachable`.
    """
    modules = tuple(
        replace(
            module,
            targets=tuple(
                reachable(each, known=known, contained=contained) for each in module.targets
            ),
        )
        for module in plan.modules
    )
    return plan if modules == plan.modules else replace(plan, modules=modules)
