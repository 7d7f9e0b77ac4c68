"""Serve a process's metrics where it has no web server of its own."""

import errno
import threading
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from vedette.errors import InUseError
from vedette.sdk.monitor import Monitor, default_monitor


class MonitoringServer:
    """A running server; it ends with the process, or when it is closed."""

    def __init__(self, server: ThreadingHTTPServer) -> None:
        self._server = server
        self.host, self.port = str(server.server_address[0]), int(server.server_address[1])
        self._thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        """Where the metrics are."""
        return f"http://{self.host}:{self.port}/metrics"

    def close(self) -> None:
        """Stop serving and free the port."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def start_monitoring_server(
    port: int, addr: str = "127.0.0.1", *, monitor: Monitor | None = None
) -> MonitoringServer:
    """Serve `/metrics` from a thread of this process.

    Args:
        port: Where to listen; 0 picks a free port, told by the result.
        addr: Address to listen on; the default is reached from this machine only.
        monitor: Whose instruments; the process's own unless given.

    Raises:
        InUseError: the port is taken, or may not be used.
    """
    handler = _handler(monitor or default_monitor())
    try:
        return MonitoringServer(_Server((addr, port), handler))
    except OSError as fault:
        reason = "is taken" if fault.errno == errno.EADDRINUSE else f"cannot be used: {fault}"
        problem = f"port {port} on {addr} {reason}"
        raise InUseError(problem, hint="choose another port, or 0 for a free one") from None


class _Server(ThreadingHTTPServer):
    daemon_threads = True


def _handler(monitor: Monitor) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path.partition("?")[0] != "/metrics":
                self.send_error(HTTPStatus.NOT_FOUND, "the metrics are at /metrics")
                return
            answer = monitor.expose(self.headers.get("Accept", ""))
            self.send_response(HTTPStatus.OK)
            self.send_header("Content-Type", answer.content_type)
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
            """Keep scrapes out of the program's own output."""

    return Handler
