"""A real Chromium in front of a real console; Prometheus is a server that a test can end."""

import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from vedette.console.app import create
from vedette.console.config import STATIC, Config
from vedette.console.serve import bind

ROOT = Path(__file__).parents[2]
PATIENCE_MS = 15_000
MODULE = {"job": "serving", "instance": "127.0.0.1:8000", "module": "serving", "owner": "anna"}


def _browser() -> str:
    named = os.environ.get("TEST_BROWSER") or shutil.which("chromium")
    if named:
        return named
    command = [sys.executable, "-m", "tools.browser"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.strip()


class World:
    """What Prometheus knows: two models that answer, and an alert that a test may set."""

    def __init__(self) -> None:
        self.firing = False
        self.up = True
        self.port = 0
        self._server: ThreadingHTTPServer | None = None
        self._thread: threading.Thread | None = None
        self.start()

    @property
    def url(self) -> str:
        """The address, also while nobody listens there."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Listen, on the port of before."""
        self._server = _Server(("127.0.0.1", self.port), _handler(self))
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()

    def stop(self) -> None:
        """Be gone."""
        if self._server is not None and self._thread is not None:
            self._server.shutdown()
            self._server.server_close()
            self._thread.join()
            self._server = None

    def answer(self, path: str, params: dict[str, str]) -> Any:
        """Return what stands under `data`; None for what it does not know."""
        known: dict[str, Callable[[], Any]] = {
            "/api/v1/targets": self._targets,
            "/api/v1/rules": self._rules,
            "/api/v1/query": lambda: _vector(params["query"]),
            "/api/v1/query_range": lambda: _matrix(params),
            "/api/v1/label/model/values": lambda: ["charlm", "digits"],
        }
        return known[path]() if path in known else None

    def _targets(self) -> Any:
        row = {
            "labels": MODULE,
            "health": "up" if self.up else "down",
            "lastError": "" if self.up else "connection refused",
            "scrapeUrl": "http://127.0.0.1:8000/metrics",
            "lastScrape": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
            "lastScrapeDuration": 0.004,
            "scrapeInterval": "5s",
        }
        return {"activeTargets": [row]}

    def _rules(self) -> Any:
        alert = {
            "labels": {"alertname": "SlowModel", "severity": "page", **MODULE},
            "annotations": {"summary": "The model is slow", "description": "p95 is 2 s"},
            "state": "firing",
            "activeAt": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
            "value": "2e+00",
        }
        slow = {
            "name": "SlowModel",
            "state": "firing" if self.firing else "inactive",
            "query": "p95 > 1",
            "duration": 60,
            "labels": {"severity": "page"},
            "alerts": [alert] if self.firing else [],
        }
        pulse = {"name": "Watchdog", "state": "firing", "query": "vector(1)", "alerts": []}
        return {"groups": [{"name": "serving", "rules": [slow, pulse]}]}


class _Server(ThreadingHTTPServer):
    request_queue_size = 64
    allow_reuse_address = True
    daemon_threads = True


def _labels(query: str) -> list[dict[str, str]]:
    if "nobody" in query:
        return []
    if "_bucket" in query:
        return [{"le": "0.5"}, {"le": "+Inf"}]
    if "model" in query:
        return [{"job": "serving", "model": name} for name in ("charlm", "digits")]
    return [{"job": "serving"}]


def _vector(query: str) -> Any:
    result = [{"metric": labels, "value": [time.time(), "1"]} for labels in _labels(query)]
    return {"resultType": "vector", "result": result}


def _matrix(params: dict[str, str]) -> Any:
    start, end, step = (float(params[key]) for key in ("start", "end", "step"))
    count = int((end - start) / step) + 1
    result = [
        {
            "metric": labels,
            "values": [[start + at * step, str(1 + at % 7 + 10 * place)] for at in range(count)],
        }
        for place, labels in enumerate(_labels(params["query"]))
    ]
    return {"resultType": "matrix", "result": result}


def _handler(world: World) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer("")

        def do_POST(self) -> None:
            self._answer(self.rfile.read(int(self.headers["Content-Length"])).decode())

        def _answer(self, form: str) -> None:
            split = urlsplit(self.path)
            params = {k: v[-1] for k, v in parse_qs(f"{split.query}&{form}").items()}
            data = world.answer(split.path, params)
            body = json.dumps({"status": "success", "data": data}).encode()
            self.send_response(200 if data is not None else 404)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    return Handler


def _panel(number: int, kind: str, title: str, expr: str, **more: Any) -> dict[str, Any]:
    place = {"x": (number - 1) % 2 * 12, "y": (number - 1) // 2 * 8, "w": 12, "h": 8}
    query = {"expr": expr, "legendFormat": "{{model}}"}
    return {
        "id": number,
        "type": kind,
        "title": title,
        "gridPos": place,
        "targets": [query],
        **more,
    }


BOARD = {
    "uid": "serving",
    "title": "Serving",
    "refresh": "5s",
    "time": {"from": "now-15m", "to": "now"},
    "tags": ["shop"],
    "links": [
        {"type": "link", "title": "Elsewhere", "url": "https://example.org/wiki"},
        {"type": "link", "title": "Itself", "url": "/d/serving/slug"},
        {"type": "link", "title": "Script", "url": "javascript:alert(1)"},
        {"type": "dashboards", "title": "Shop", "tags": ["shop"]},
    ],
    "templating": {
        "list": [
            {
                "type": "query",
                "name": "model",
                "label": "Model",
                "query": "label_values(model_loaded, model)",
                "multi": True,
                "includeAll": True,
            }
        ]
    },
    "panels": [
        _panel(1, "timeseries", "Latency of $model", 'model_seconds{model=~"$model"}'),
        _panel(2, "stat", "Rate", "http_requests"),
        _panel(3, "timeseries", "Nothing", "nobody_total"),
        _panel(4, "geomap", "Map", "up"),
        _panel(5, "heatmap", "Spread", "seconds_bucket"),
    ],
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of a module.

    Not of a process: while it is there, Playwright's event loop runs in this thread, and no
    other test could run one of its own.
    """
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=_browser(), args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def world() -> Iterator[World]:
    """The Prometheus behind the console."""
    running = World()
    yield running
    running.stop()


@pytest.fixture
def state() -> Path | None:
    """The state folder of the console's stack; None for a console alone."""
    return None


@pytest.fixture
def address(world: World, tmp_path: Path, state: Path | None) -> Iterator[str]:
    """The address of a running console."""
    assert (STATIC / "index.html").exists(), "the page is not built: run `make web`"
    dashboards = tmp_path / "dashboards"
    dashboards.mkdir()
    (dashboards / "serving.json").write_text(json.dumps(BOARD))
    (dashboards / "broken.json").write_text('{\n"title"')
    runbooks = tmp_path / "runbooks.json"
    runbooks.write_text(json.dumps({"SlowModel": "# Slow\n\nLook at **it**: <b>raw</b>"}))
    config = Config(prometheus=world.url, dashboards=dashboards, runbooks=runbooks, state=state)
    listener = bind("127.0.0.1:0")
    server = uvicorn.Server(uvicorn.Config(create(config), log_level="critical", ws="none"))
    thread = threading.Thread(target=server.run, args=([listener],))
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join()


class Watched:
    """What a page did that it must not."""

    def __init__(self, context: BrowserContext) -> None:
        self.hosts: set[str] = set()
        self.complaints: list[str] = []
        context.on("request", lambda request: self.hosts.add(urlsplit(request.url).hostname or ""))
        context.on("console", self._said)
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))

    def _said(self, message: Any) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(message.text)


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """Open a page of the console; it must complain of nothing and ask nobody else."""
    contexts: list[tuple[BrowserContext, Watched]] = []

    def _open(place: str = "#/", **options: Any) -> Page:
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
        context.set_default_timeout(PATIENCE_MS)
        contexts.append((context, Watched(context)))
        page = context.new_page()
        page.goto(f"{address}/{place}")
        return page

    yield _open
    for context, watched in contexts:
        context.close()
        assert watched.hosts <= {"127.0.0.1"}
        # While Prometheus is away the browser reports each 502 by itself.
        assert [text for text in watched.complaints if "status of 502" not in text] == []
