"""A small real server that exposes whatever a test tells it."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        answers = self.server.answers  # type: ignore[attr-defined]  # set below
        status, headers, body = answers.get(self.path.partition("?")[0], (404, {}, b"no"))
        self.send_response_only(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if "Content-Length" not in headers:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_):
        """A client that hangs up is part of the test."""


@pytest.fixture
def expose(request):
    """Start a server: path to (status, headers, body); return its `host:port`."""

    def start(answers, context=None):
        server = _Server(("127.0.0.1", 0), _Handler)
        server.answers = answers  # type: ignore[attr-defined]  # read above
        if context:
            server.socket = context.wrap_socket(
                server.socket, server_side=True, do_handshake_on_connect=False
            )
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()

        def end():
            server.shutdown()
            thread.join()
            server.server_close()

        request.addfinalizer(end)
        return f"127.0.0.1:{server.server_port}"

    return start
