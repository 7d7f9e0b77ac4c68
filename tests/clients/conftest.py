import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

Answers = dict[str, tuple[int, str, str]]


@pytest.fixture
def serve() -> Iterator[Callable[[Answers], str]]:
    """Serve canned answers (path -> status, content type, body) and return the address."""
    running: list[ThreadingHTTPServer] = []

    def start(answers: Answers) -> str:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                status, kind, body = answers.get(
                    self.path.partition("?")[0], (404, "text/plain", "no such page")
                )
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.end_headers()
                self.wfile.write(body.encode())

            def log_message(self, *_: object) -> None:
                """Keep the test's output clean."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        running.append(server)
        return f"http://127.0.0.1:{server.server_port}"

    yield start
    for server in running:
        server.shutdown()
        server.server_close()


@pytest.fixture
def api() -> Callable[[object], tuple[int, str, str]]:
    """Wrap data as Prometheus' API does."""

    def wrap(data: object) -> tuple[int, str, str]:
        return 200, "application/json", json.dumps({"status": "success", "data": data})

    return wrap
