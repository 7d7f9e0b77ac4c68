"""A Prometheus and an Alertmanager that say what a test wants, over real HTTP."""

import gzip
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
import uvicorn

from vedette.console.app import create
from vedette.console.config import Config
from vedette.console.serve import bind

Answer = Callable[[dict[str, str]], Any]


class _Server(ThreadingHTTPServer):
    # The console asks many things at once.
    request_queue_size = 64


class FakeServer:
    """Answers by path; counts what it was asked.

    `answers` maps a path to what stands under `data`, or to a function of the parameters;
    `raw` maps a path to (status, content type, body).
    """

    def __init__(self) -> None:
        self.answers: dict[str, Any] = {}
        self.raw: dict[str, tuple[int, str, bytes]] = {}
        self.asked: list[tuple[str, str, dict[str, str]]] = []
        self.headers: list[dict[str, str]] = []
        self.delay = 0.0
        self.bare = False
        self._server = _Server(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()

    @property
    def url(self) -> str:
        """Its address."""
        host, port = self._server.server_address[:2]
        return f"http://{host!s}:{port}"

    def stop(self) -> None:
        """End it."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def answer(self, method: str, path: str, params: dict[str, str]) -> tuple[int, str, bytes]:
        """Return status, content type and body."""
        self.asked.append((method, path, params))
        time.sleep(self.delay)
        if path in self.raw:
            return self.raw[path]
        if path not in self.answers:
            body = {"status": "error", "error": f"nobody knows {path}"}
            return 404, "application/json", json.dumps(body).encode()
        found = self.answers[path]
        data = found(params) if callable(found) else found
        body = data if self.bare else {"status": "success", "data": data}
        return 200, "application/json", json.dumps(body).encode()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        fake = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self._answer({})

            def do_POST(self) -> None:
                length = int(self.headers.get("Content-Length", 0))
                self._answer(_flat(self.rfile.read(length).decode()))

            def _answer(self, form: dict[str, str]) -> None:
                split = urlsplit(self.path)
                fake.headers.append(dict(self.headers))
                params = {**_flat(split.query), **form}
                status, kind, body = fake.answer(self.command, split.path, params)
                packed = "gzip" in self.headers.get("Accept-Encoding", "")
                body = gzip.compress(body) if packed else body
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                if packed:
                    self.send_header("Content-Encoding", "gzip")
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        return Handler


def _flat(query: str) -> dict[str, str]:
    return {key: values[-1] for key, values in parse_qs(query, keep_blank_values=True).items()}


@pytest.fixture
def prometheus() -> Iterator[FakeServer]:
    fake = FakeServer()
    empty = {"resultType": "matrix", "result": []}
    fake.answers = {
        "/api/v1/targets": {"activeTargets": []},
        "/api/v1/rules": {"groups": []},
        "/api/v1/query": {"resultType": "vector", "result": []},
        "/api/v1/query_range": empty,
    }
    yield fake
    fake.stop()


@pytest.fixture
def alertmanager() -> Iterator[FakeServer]:
    fake = FakeServer()
    fake.bare = True
    fake.answers = {"/api/v2/alerts": []}
    yield fake
    fake.stop()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder of dashboards."""
    path = tmp_path / "dashboards"
    path.mkdir()
    return path


class RunningConsole(httpx.Client):
    """A console on a free port, and a client for it."""

    def __init__(self, config: Config) -> None:
        listener = bind("127.0.0.1:0")
        port = listener.getsockname()[1]
        super().__init__(base_url=f"http://127.0.0.1:{port}", trust_env=False, timeout=20)
        settings = uvicorn.Config(create(config), log_level="critical", ws="none", lifespan="on")
        self._server = uvicorn.Server(settings)
        self._thread = threading.Thread(target=self._server.run, args=([listener],))
        self._thread.start()

    def stop(self) -> None:
        """End the server and the client."""
        self.close()
        self._server.should_exit = True
        self._thread.join()


@pytest.fixture
def open_console(prometheus, alertmanager, folder) -> Iterator[Callable[..., RunningConsole]]:
    """Start a console with a changed configuration."""
    running: list[RunningConsole] = []

    def _open(**changed: Any) -> RunningConsole:
        given = {
            "prometheus": prometheus.url,
            "alertmanager": alertmanager.url,
            "dashboards": folder,
            "answer_seconds": 5.0,
        }
        running.append(RunningConsole(Config(**{**given, **changed})))
        return running[-1]

    yield _open
    for console in running:
        console.stop()


@pytest.fixture
def console(open_console) -> RunningConsole:
    """A console as the tests mostly want it."""
    return open_console()  # type: ignore[no-any-return]


@pytest.fixture
def free_port() -> Callable[[], int]:
    """Find a port that nobody uses."""

    def _free() -> int:
        with socket.create_server(("127.0.0.1", 0)) as taken:
            return int(taken.getsockname()[1])

    return _free
