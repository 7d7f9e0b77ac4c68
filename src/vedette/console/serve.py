"""Listen, and serve the console until it is told to stop."""

import logging
import socket

import uvicorn

from vedette.console.app import create
from vedette.console.config import Config
from vedette.console.services import Services
from vedette.errors import InUseError, UsageError, VedetteError

_STOP_SECONDS = 1
_WAITING = 512


def serve(config: Config, listen: str, *, certificate: str = "", key: str = "") -> None:
    """Serve until SIGTERM or SIGINT.

    Args:
        config: Where it reads from.
        listen: `host:port`; port 0 takes a free one, which is printed.
        certificate: PEM file; empty for plain HTTP.
        key: PEM file of its key.

    Raises:
        UsageError: `listen` is not an address.
        InUseError: the port is taken.
    """
    listener = bind(listen)
    host, port = listener.getsockname()[:2]
    scheme = "https" if certificate else "http"
    shown = f"[{host}]" if ":" in host else host
    print(f"The console listens on {scheme}://{shown}:{port}", flush=True)  # noqa: T201 - the log's first line
    app = create(config)
    _announce(app.state.services, f"{scheme}://{_reachable(shown)}:{port}", certificate)
    settings = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        loop="asyncio",
        http="h11",
        ws="none",
        ssl_certfile=certificate or None,
        ssl_keyfile=key or None,
        timeout_graceful_shutdown=_STOP_SECONDS,
    )
    uvicorn.Server(settings).run(sockets=[listener])


def _announce(services: Services, url: str, certificate: str) -> None:
    """Tell jobs where the console is; without it they leave what they have in files."""
    if services.handed is None:
        return
    try:
        services.handed.announce(url, certificate)
    except VedetteError as error:
        logging.getLogger("vedette.console").warning("jobs cannot find it: %s", error.problem)


def _reachable(host: str) -> str:
    return {"0.0.0.0": "127.0.0.1", "[::]": "[::1]"}.get(host, host)  # noqa: S104 - compared, not bound


def bind(listen: str) -> socket.socket:
    """Return a listening socket.

    Raises:
        UsageError: `listen` is not an address.
        InUseError: the port is taken.
    """
    host, colon, port = listen.rpartition(":")
    if not colon or not port.isdigit():
        problem = f"{listen!r} is not an address to listen on"
        raise UsageError(problem, hint="write host:port, such as 127.0.0.1:9321")
    host = host.strip("[]")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, int(port)))
    except (OSError, OverflowError) as error:
        listener.close()
        reason = getattr(error, "strerror", "") or str(error)
        problem = f"cannot listen on {listen}: {reason}"
        raise InUseError(problem, hint="choose another --listen HOST:PORT") from None
    # Who connects before the application is ready waits instead of being refused.
    listener.listen(_WAITING)
    return listener
