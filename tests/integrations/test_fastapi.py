import asyncio
import re

import httpx
import pytest
from fastapi import APIRouter, BackgroundTasks, FastAPI, HTTPException
from fastapi.responses import PlainTextResponse, Response, StreamingResponse
from fastapi.staticfiles import StaticFiles
from starlette.applications import Starlette
from starlette.routing import Route

from vedette.integrations.fastapi import instrument
from vedette.middleware.asgi import Watch
from vedette.packs.health.record import Health
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

    def __init__(self, app: Starlette, *, prefix: str = "") -> None:
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


def test_the_prefix_of_a_proxy_is_not_part_of_the_endpoint(monitor):
    app = FastAPI()
    instrument(app, monitor)

    @app.get("/here")
    def here() -> str:
        return "here"

    Client(app, prefix="/behind").get("/behind/here")
    assert ("/here", "GET", "200") in counted(monitor)


def test_a_router_under_two_prefixes_is_two_endpoints(monitor):
    app = FastAPI()
    router = APIRouter(prefix="/things")

    @router.get("/{thing}")
    def thing(thing: str) -> str:
        return thing

    app.include_router(router, prefix="/v1")
    app.include_router(router, prefix="/v2")
    instrument(app, monitor)
    client = Client(app)
    client.get("/v1/things/a")
    client.get("/v2/things/b")
    assert set(counted(monitor)) == {
        ("/v1/things/{thing}", "GET", "200"),
        ("/v2/things/{thing}", "GET", "200"),
    }


def test_what_a_mount_with_a_parameter_holds_is_told_by_patterns_only(monitor):
    inner = FastAPI()

    @inner.get("/orders/{order}")
    def order(order: str) -> str:
        return order

    app = FastAPI()
    app.mount("/users/{user}", inner)
    instrument(app, monitor)
    client = Client(app)
    client.get("/users/ann/orders/1")
    client.get("/users/bob/orders/2")
    assert counted(monitor) == {("/users/{user}/orders/{order}", "GET", "200"): 2}


def test_middleware_that_is_added_later_is_inside_of_the_watch(monitor):
    app = FastAPI()
    instrument(app, monitor)

    @app.middleware("http")
    async def refuse(_request, _call_next):
        return Response(status_code=403)

    Client(app).get("/anything")
    assert counted(monitor) == {("unmatched", "GET", "403"): 1}


def test_an_application_that_has_begun_to_answer_can_be_watched_too(monitor):
    app = FastAPI()
    client = Client(app)
    client.get("/before")
    instrument(app, monitor)
    client.get("/after")
    assert counted(monitor) == {("unmatched", "GET", "404"): 1}


def test_a_metrics_route_of_the_application_wins(monitor):
    app = FastAPI()
    instrument(app, monitor)

    @app.get("/metrics")
    def mine() -> str:
        return "mine"

    assert Client(app).get("/metrics").json() == "mine"


def test_the_metrics_are_found_before_a_route_that_catches_everything(app, client):
    @app.get("/{path:path}")
    def everything(path: str) -> str:
        return path

    assert "http_requests_in_flight" in client.get("/metrics").text


def test_starlette_alone_is_watched_as_well(monitor):
    async def item(request):
        return PlainTextResponse(request.path_params["item"])

    app = Starlette(routes=[Route("/items/{item}", item)])
    instrument(app, monitor)
    Client(app).get("/items/3")
    assert counted(monitor) == {("/items/{item}", "GET", "200"): 1}


def test_without_an_application_all_of_the_process_are_watched_and_counted_once(monitor):
    original = Starlette.__call__
    try:
        instrument(monitor=monitor)
        instrument(monitor=monitor)
        outer, inner = FastAPI(), FastAPI()
        _add_routes(inner)
        outer.mount("/inner", inner)
        client = Client(outer)
        client.get("/inner/stream")
        assert 'endpoint="/inner/stream"' in client.get("/metrics").text
        assert counted(monitor)["/inner/stream", "GET", "200"] == 1
    finally:
        Starlette.__call__ = original  # type: ignore[method-assign]


def test_health_is_served_beside_the_application_in_one_line(monitor):
    app = FastAPI()
    instrument(app, monitor, health=Health(monitor=monitor, queue=lambda: False))
    client = Client(app)
    assert client.get("/health").status_code == 503
    assert client.get("/health").json()["checks"]["queue"]["status"] == "failing"
    assert client.get("/live").status_code == 200


def test_a_watch_does_not_hide_other_middleware_from_fastapi(monitor):
    app = FastAPI()
    instrument(app, monitor)
    Client(app).get("/")
    assert isinstance(app.middleware_stack, Watch)
    assert hasattr(app.middleware_stack, "app")
