import asyncio
import re

import httpx
import pytest
from fastapi import APIRouter, BackgroundTasks, FastAPI, HTTPException
from fastapi.responses import StreamingResponse
from fastapi.staticfiles import StaticFiles

from vedette.integrations.fastapi import Watch, instrument
from vedette.packs.http.record import HttpRequests
from vedette.sdk.monitor import Monitor


@pytest.fixture
def monitor():
    return Monitor(isolated=True)


@pytest.fixture
def app(monitor, tmp_path):
    app = FastAPI()
    instrument(app, monitor)
    _add_routes(app)
    inner = FastAPI()

    @inner.get("/deep/{number}")
    def deep(number: int) -> int:
        return number

    app.mount("/inner", inner)
    (tmp_path / "page.txt").write_text("text")
    app.mount("/files", StaticFiles(directory=tmp_path))
    return app


def _add_routes(app: FastAPI) -> None:
    @app.get("/items/{item}")
    def item(item: int) -> int:
        return item

    @app.post("/refuse")
    async def refuse() -> None:
        raise HTTPException(422, "no")

    @app.get("/break")
    def broken() -> None:
        message = "broken on purpose"
        raise RuntimeError(message)

    @app.get("/stream")
    def stream() -> StreamingResponse:
        return StreamingResponse(iter([b"a", b"b"]))

    @app.get("/later")
    def later(tasks: BackgroundTasks) -> str:
        tasks.add_task(asyncio.sleep, 0.3)
        return "now"

    router = APIRouter(prefix="/v1")

    @router.get("/thing")
    def thing() -> str:
        return "thing"

    app.include_router(router)


class Client:
    """Asks an application as a server would, without a socket."""

    def __init__(self, app: FastAPI, *, prefix: str = "") -> None:
        self._transport = httpx.ASGITransport(app, raise_app_exceptions=False, root_path=prefix)

    def request(self, method: str, path: str, **headers: str) -> httpx.Response:
        """Return the answer to one request."""

        async def ask() -> httpx.Response:
            async with httpx.AsyncClient(transport=self._transport, base_url="http://x") as asker:
                return await asker.request(method, path, headers=headers)

        return asyncio.run(ask())

    def get(self, path: str, **headers: str) -> httpx.Response:
        """Return the answer to a GET."""
        return self.request("GET", path, **headers)


@pytest.fixture
def client(app):
    return Client(app)


async def _nothing() -> dict[str, str]:
    return {}


async def _take(_: object) -> None:
    """Be told a part of the answer."""


def counted(monitor):
    text = monitor.expose().body.decode()
    pattern = r'http_requests_total\{endpoint="(.*?)",method="(.*?)",status="(.*?)"\} (\d+)'
    return {(m[1], m[2], m[3]): int(m[4]) for m in re.finditer(pattern, text)}


@pytest.mark.parametrize(
    "method,path,expected",
    [
        ("GET", "/items/7", ("/items/{item}", "GET", "200")),
        ("GET", "/items/seven", ("/items/{item}", "GET", "422")),
        ("POST", "/refuse", ("/refuse", "POST", "422")),
        ("GET", "/break", ("/break", "GET", "500")),
        ("GET", "/stream", ("/stream", "GET", "200")),
        ("GET", "/v1/thing", ("/v1/thing", "GET", "200")),
        ("GET", "/inner/deep/3", ("/inner/deep/{number}", "GET", "200")),
        ("GET", "/files/page.txt", ("/files/*", "GET", "200")),
        ("GET", "/wp-admin.php", ("unmatched", "GET", "404")),
        ("DELETE", "/stream", ("/stream", "DELETE", "405")),
        ("BREW", "/wp-admin.php", ("unmatched", "other", "404")),
    ],
)
def test_a_request_is_counted_under_its_route_and_never_under_its_path(
    client, monitor, method, path, expected
):
    client.request(method, path)
    assert counted(monitor) == {expected: 1}


def test_a_request_that_is_over_is_not_in_flight_any_more(client, monitor):
    client.get("/items/1")
    client.get("/break")
    assert "http_requests_in_flight 0.0" in monitor.expose().body.decode()


def test_work_after_the_answer_does_not_count_as_answering_time(client, monitor):
    client.get("/later")
    text = monitor.expose().body.decode()
    total = re.search(r'duration_seconds_sum\{endpoint="/later",method="GET"\} (\S+)', text)
    assert total is not None
    assert float(total[1]) < 0.25


def test_the_metrics_are_served_in_the_format_that_was_asked_for(client):
    client.get("/items/1")
    classic = client.get("/metrics")
    assert classic.headers["content-type"].startswith("text/plain; version=")
    assert 'endpoint="/items/{item}"' in classic.text
    modern = client.get("/metrics", accept="application/openmetrics-text")
    assert modern.headers["content-type"].startswith("application/openmetrics-text")
    assert modern.text.endswith("# EOF\n")


def test_the_metrics_endpoint_is_not_part_of_the_described_api(client):
    assert "/metrics" not in client.get("/openapi.json").json()["paths"]


def test_instrumenting_twice_counts_once(app, client, monitor):
    instrument(app, monitor)
    client.get("/items/1")
    assert counted(monitor) == {("/items/{item}", "GET", "200"): 1}


def test_where_something_else_serves_the_metrics_no_endpoint_is_added(monitor):
    app = FastAPI()
    instrument(app, monitor, path=None)
    assert Client(app).get("/metrics").status_code == 404


def test_a_client_that_goes_away_is_counted_as_such(monitor):
    started = asyncio.Event()

    async def endless(_scope, _receive, _send):
        started.set()
        await asyncio.Event().wait()

    async def leave():
        watch = Watch(endless, HttpRequests(monitor=monitor))
        call = asyncio.create_task(watch({"type": "http", "method": "GET"}, _nothing, _take))
        await started.wait()
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call

    asyncio.run(leave())
    assert counted(monitor) == {("unmatched", "GET", "499"): 1}


def test_a_web_socket_passes_through_uncounted(monitor):
    passed: list[str] = []

    async def talk(scope, _receive, _send):
        passed.append(scope["type"])

    watch = Watch(talk, HttpRequests(monitor=monitor))
    asyncio.run(watch({"type": "websocket"}, _nothing, _take))
    assert passed == ["websocket"]
    assert counted(monitor) == {}


def test_the_prefix_of_a_proxy_is_not_part_of_the_endpoint(monitor):
    app = FastAPI()
    instrument(app, monitor)

    @app.get("/here")
    def here() -> str:
        return "here"

    Client(app, prefix="/behind").get("/behind/here")
    assert ("/here", "GET", "200") in counted(monitor)
