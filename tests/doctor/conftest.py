"""Small real servers to examine, and a Prometheus that answers what a test tells it."""

import json
import socket
import ssl
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from vedette import packs, stack
from vedette.clients.prometheus import Prometheus
from vedette.discover import discover
from vedette.doctor.patient import Disk, Patient
from vedette.model.component import Component
from vedette.model.module import Module
from vedette.model.pack import Pack
from vedette.model.plan import Plan

NOW = 1_700_000_000.0  # Tue, 14 Nov 2023 22:13:20 GMT
DATE = "Tue, 14 Nov 2023 22:13:20 GMT"
COMPONENTS = discover(stack, "COMPONENT", Component)
PACKS = discover(packs, "PACK", Pack)


class _Handler(BaseHTTPRequestHandler):
    server: "_Server"

    def do_GET(self):
        answer = self.server.answers.get(urlsplit(self.path).path)
        status, kind, body = answer(self) if callable(answer) else answer or (404, "text/plain", "")
        content = body if isinstance(body, bytes) else body.encode()
        self.send_response_only(status)
        self.send_header("Date", self.server.date)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_POST = do_GET  # noqa: N815 - the name that the server calls

    def log_message(self, *_):
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    answers: dict[str, Any] = {}  # noqa: RUF012 - each server gets its own
    date = DATE

    def handle_error(self, *_):
        """A client that hangs up or speaks TLS is part of the test."""

    @property
    def address(self):
        """Where it listens, `host:port`."""
        return f"127.0.0.1:{self.server_port}"


@contextmanager
def running(answers, *, date=DATE, context=None):
    server = _Server(("127.0.0.1", 0), _Handler)
    server.answers, server.date = answers, date
    if context:
        server.socket = context.wrap_socket(
            server.socket, server_side=True, do_handshake_on_connect=False
        )
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def serve(request):
    """Start a server: path to (status, content type, body); it ends with the test."""

    def start(answers, **options):
        manager = running(answers, **options)
        server = manager.__enter__()
        request.addfinalizer(lambda: manager.__exit__(None, None, None))
        return server

    return start


@pytest.fixture(scope="session")
def tls():
    """A server's side of TLS, with a certificate that nobody trusts."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(Path(__file__).with_name("self-signed.pem"))
    return context


@pytest.fixture
def closed():
    """An address on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return f"127.0.0.1:{taken.getsockname()[1]}"


@pytest.fixture
def patient(tmp_path):
    """Make a patient; modules by target, everything else by keyword."""

    def make(*targets, components=(), module=None, plan=None, **keys):
        modules = tuple(
            Module(name=f"m{at}", targets=(target,), **(module or {}))
            for at, target in enumerate(targets)
        )
        used = {name for one in modules for name in one.packs}
        used |= {COMPONENTS[name].pack for name in components} - {""}
        wanted = Plan(
            **{
                "name": "shop",
                "home": tmp_path,
                "state": tmp_path / ".vedette",
                "ports": {name: COMPONENTS[name].port for name in components},
                "components": tuple(components),
                "modules": modules,
                "packs": {name: PACKS[name] for name in used},
                "thresholds": {
                    limit.name: limit.default for name in used for limit in PACKS[name].thresholds
                },
                **(plan or {}),
            }
        )
        defaults = {
            "components": {name: COMPONENTS[name] for name in components},
            "now": lambda: NOW,
            "disk": lambda _: Disk(total=100 << 30, free=50 << 30),
        }
        return Patient(plan=wanted, **{**defaults, **keys})

    return make


def vector(*samples):
    """Write samples, (labels, value) each, as Prometheus answers a query."""
    rows = [{"metric": labels, "value": [NOW, str(value)]} for labels, value in samples]
    return {"resultType": "vector", "result": rows}


def target(job, instance, *, error=""):
    """Write a target as Prometheus lists it."""
    return {
        "labels": {"job": job, "instance": instance},
        "scrapeUrl": f"http://{instance}/metrics",
        "health": "down" if error else "up",
        "lastError": error,
    }


@pytest.fixture
def prometheus(serve, request):
    """Start a Prometheus that knows the given samples by expression; the rest is empty."""

    def start(queries=None, *, targets=(), rules=(), values=()):
        def query(handler):
            length = int(handler.headers.get("Content-Length") or 0)
            text = urlsplit(handler.path).query or handler.rfile.read(length).decode()
            expr = parse_qs(text)["query"][0]
            known = queries(expr) if callable(queries) else (queries or {}).get(expr, ())
            return _answer(vector(*known))

        answers = {
            "/api/v1/query": query,
            "/api/v1/targets": _answer({"activeTargets": list(targets)}),
            "/api/v1/rules": _answer({"groups": [{"name": "g", "rules": list(rules)}]}),
        }
        for label in ("module", "instance", "model", "endpoint", "job"):
            answers[f"/api/v1/label/{label}/values"] = _answer(list(values))
        client = Prometheus(f"http://{serve(answers).address}")
        request.addfinalizer(client.close)
        return client

    return start


def _answer(data):
    return 200, "application/json", json.dumps({"status": "success", "data": data})
