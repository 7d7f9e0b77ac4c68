"""A Prometheus and a supervisor of cardboard, and a system that consists of them."""

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from vedette.verify.system import System

Answer = Callable[[Mapping[str, str]], Any]


class FakeServer:
    """Answers each path with what a function returns: a body, or a status and a body."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.asked: list[str] = []
        self.url = ""


class FakePrometheus(FakeServer):
    """Answers Prometheus' API from plain values."""

    def __init__(self) -> None:
        super().__init__()
        self.series: dict[str, list[tuple[dict[str, str], float]]] = {}
        self.kinds: dict[str, str] = {}
        self.labels: dict[str, list[str]] = {}
        self.states: list[tuple[dict[str, str], str]] = []
        self.rules: list[str] = []
        self.answers = {
            "/api/v1/query": self._query,
            "/api/v1/metadata": self._metadata,
            "/api/v1/alerts": self._alerts,
            "/api/v1/rules": self._rules,
        }

    def label(self, name: str, values: list[str]) -> None:
        """Let a label have values."""
        self.answers[f"/api/v1/label/{name}/values"] = lambda _: _success(values)

    def _query(self, params: Mapping[str, str]) -> Any:
        expr = params["query"]
        if expr == "bad(":
            return 400, {"status": "error", "error": "parse error"}
        rows = [
            {"metric": labels, "value": [1.0, str(value)]}
            for labels, value in self.series.get(expr, [])
        ]
        return _success({"resultType": "vector", "result": rows})

    def _metadata(self, params: Mapping[str, str]) -> Any:
        name = params["metric"]
        told = {name: [{"type": self.kinds[name]}]} if name in self.kinds else {}
        return _success(told)

    def _alerts(self, _: Mapping[str, str]) -> Any:
        rows = [{"labels": labels, "state": state} for labels, state in self.states]
        return _success({"alerts": rows})

    def _rules(self, _: Mapping[str, str]) -> Any:
        rows = [{"name": name, "type": "alerting", "query": "up == 0"} for name in self.rules]
        return _success({"groups": [{"name": "all", "rules": rows}]})


def _success(data: Any) -> dict[str, Any]:
    return {"status": "success", "data": data}


@contextmanager
def serving(server: FakeServer) -> Iterator[None]:
    """Let it answer on a free port."""

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            parts = urlsplit(self.path)
            server.asked.append(f"{self.command} {parts.path}")
            answer = server.answers.get(parts.path, lambda _: (404, {"detail": "no such path"}))
            told = answer({key: values[0] for key, values in parse_qs(parts.query).items()})
            status, body = told if isinstance(told, tuple) else (200, told)
            text = body if isinstance(body, str) else json.dumps(body)
            kind = "text/plain" if isinstance(body, str) else "application/json"
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(text.encode())))
            self.end_headers()
            self.wfile.write(text.encode())

        do_GET = do_POST = do_DELETE = _answer  # noqa: N815 - names of the base class

        def log_message(self, *_: object) -> None:
            pass

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    http.daemon_threads = True
    thread = threading.Thread(target=http.serve_forever, args=(0.01,))
    thread.start()
    server.url = f"http://127.0.0.1:{http.server_address[1]}"
    try:
        yield
    finally:
        http.shutdown()
        http.server_close()
        thread.join()


@pytest.fixture
def prometheus():
    fake = FakePrometheus()
    with serving(fake):
        yield fake


@pytest.fixture
def service():
    """A service of the user's."""
    fake = FakeServer()
    with serving(fake):
        yield fake


@pytest.fixture
def programs(monkeypatch):
    """What the supervisor says, by program; a test changes it."""
    told: dict[str, dict[str, Any]] = {}

    def call(state: object, command: str) -> dict[str, Any]:
        del state
        assert command == "status"
        return {"programs": [{"name": name, **row} for name, row in told.items()]}

    monkeypatch.setattr("vedette.supervisor.control.call", call)
    return told


@pytest.fixture
def system(tmp_path, prometheus, service):
    return System(
        folder=tmp_path,
        state=tmp_path / ".vedette",
        addresses={"prometheus": prometheus.url, "serving": service.url},
    )
