"""Serve a process's metrics where it has no web server of its own."""

import errno
import ipaddress
import logging
import socket
import ssl
import threading
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socketserver import TCPServer
from typing import Any

from vedette.errors import InUseError, UsageError
from vedette.sdk.answer import Answer, Scrapes
from vedette.sdk.monitor import Monitor, default_monitor

# A scraper that sends or takes nothing for so long is let go, in seconds.
_PATIENCE = 10.0
_log = logging.getLogger("vedette")


class MonitoringServer:
    """A running server; it ends with the process, or when it is closed."""

    def __init__(self, server: "_Server") -> None:
        self._server = server
        self.host, self.port = str(server.server_address[0]), int(server.server_address[1])
        self._thread = threading.Thread(
            target=server.serve_forever, args=(0.05,), daemon=True, name="vedette-metrics"
        )
        self._thread.start()

    @property
    def url(self) -> str:
        """Where the metrics are."""
        scheme = "http" if self._server.tls is None else "https"
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{scheme}://{host}:{self.port}/metrics"

    def close(self) -> None:
        """Stop serving and free the port."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def start_monitoring_server(
    port: int,
    addr: str = "127.0.0.1",
    *,
    token: str | None = None,
    tls: tuple[str | Path, str | Path] | None = None,
    monitor: Monitor | None = None,
) -> MonitoringServer:
    """Serve `/metrics` from a thread of this process.

    Beyond this machine the metrics are served only to those who show a token, for they tell
    much about a program. A thread does not survive a fork: workers start their own server.

    Args:
        port: Where to listen; 0 picks a free port, told by the result.
        addr: Address to listen on; the default is reached from this machine only.
        token: What a scrape must show as `Authorization: Bearer <token>`; needed where `addr`
            is not of this machine alone.
        tls: Files with the certificate (chain) and its key, in PEM; None for plain HTTP.
        monitor: Whose instruments; the process's own unless given.

    Raises:
        InUseError: the port is taken, or may not be used.
        UsageError: the address is open to others and there is no token, the token is empty,
            or the certificate cannot be used.
    """
    if token is None and not _is_local(addr):
        problem = f"the metrics would be open to everybody who reaches {addr or '0.0.0.0'}"  # noqa: S104 - it is named, not bound
        raise UsageError(problem, hint="give a token, or listen on 127.0.0.1")
    try:
        scrapes = Scrapes(monitor or default_monitor(), token=token)
    except ValueError as fault:
        raise UsageError(str(fault), hint="a long random text") from None
    context = None if tls is None else _context(*tls)
    try:
        return MonitoringServer(_Server((addr, port), scrapes, tls=context))
    except (OSError, OverflowError) as fault:
        taken = getattr(fault, "errno", None) == errno.EADDRINUSE
        reason = "is taken" if taken else f"cannot be used: {fault}"
        problem = f"port {port} on {addr} {reason}"
        raise InUseError(problem, hint="choose another port, or 0 for a free one") from None


def _is_local(addr: str) -> bool:
    try:
        return addr == "localhost" or ipaddress.ip_address(addr).is_loopback
    except ValueError:  # a name, or nothing, which means every address
        return False


def _context(certificate: str | Path, key: str | Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    try:
        context.load_cert_chain(certificate, key)
    except (OSError, ssl.SSLError) as fault:
        problem = f"{certificate} and {key} are no certificate and its key: {fault}"
        raise UsageError(problem, hint="give two PEM files that belong together") from None
    return context


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(
        self, address: tuple[str, int], scrapes: Scrapes, *, tls: ssl.SSLContext | None
    ) -> None:
        self.scrapes = scrapes
        self.tls = tls
        self.address_family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
        super().__init__(address, _Handler)

    def server_bind(self) -> None:
        """Listen, without asking the network for this machine's name, which can take long."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = str(self.server_address[0]), self.server_address[1]

    def finish_request(self, request: Any, client_address: Any) -> None:
        """Shake hands in the connection's own thread: a slow one holds up no other."""
        request.settimeout(_PATIENCE)
        if self.tls is None:
            super().finish_request(request, client_address)
            return
        with self.tls.wrap_socket(request, server_side=True) as wrapped:
            super().finish_request(wrapped, client_address)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Keep connections that broke out of the program's own output."""
        del request
        _log.debug("a scrape from %s broke off", client_address, exc_info=True)


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        if self.path.partition("?")[0] != "/metrics":
            self.send_error(HTTPStatus.NOT_FOUND, "the metrics are at /metrics")
            return
        headers = {name.lower(): value for name, value in self.headers.items()}
        self._send(self.server.scrapes.answer(self.command, headers))

    do_HEAD = do_POST = do_PUT = do_DELETE = do_GET  # noqa: N815 - http.server's names

    def _send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        for name, value in answer.headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer.body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Keep scrapes out of the program's own output."""
