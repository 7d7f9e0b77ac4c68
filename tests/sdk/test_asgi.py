import asyncio
import gzip
import threading

import pytest

from vedette.model.metric import Metric
from vedette.sdk.asgi import metrics_app
from vedette.sdk.monitor import Monitor

STEPS = Metric(name="steps_total", kind="counter", help="Steps.")
TOKEN = "long-and-random-" * 2


@pytest.fixture
def monitor():
    """A monitor with something to tell."""
    monitor = Monitor(isolated=True)
    monitor.counter(STEPS).inc(3)
    return monitor


async def silent():
    """Receive nothing, as from a client that only waits."""
    return {}


def talk(app, scope, *received):
    """Let an application answer one connection; return what it sent."""
    waiting, sent = list(received), []

    async def receive():
        return waiting.pop(0)

    async def send(message):
        sent.append(message)

    asyncio.run(app(scope, receive, send))
    return sent


def ask(app, *headers, method="GET"):
    start, body = talk(app, {"type": "http", "method": method, "path": "/", "headers": headers})
    return start["status"], dict(start["headers"]), body["body"]


def test_a_scrape_is_answered(monitor):
    status, headers, body = ask(metrics_app(monitor))
    assert status == 200
    assert headers[b"content-type"].startswith(b"text/plain")
    assert b"steps_total 3.0\n" in body


def test_headers_that_come_several_times_are_one_list(monitor):
    accepts = (b"Accept-Encoding", b"br"), (b"accept-encoding", b"gzip")
    status, headers, body = ask(metrics_app(monitor), *accepts)
    assert (status, headers[b"content-encoding"]) == (200, b"gzip")
    assert b"steps_total" in gzip.decompress(body)


def test_the_token_is_asked_for(monitor):
    app = metrics_app(monitor, token=TOKEN)
    assert ask(app)[0] == 401
    assert ask(app, (b"authorization", f"Bearer {TOKEN}".encode()))[0] == 200


def test_it_starts_and_stops_with_a_server_when_it_runs_alone(monitor):
    phases = {"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}
    sent = talk(metrics_app(monitor), {"type": "lifespan"}, *phases)
    assert [message["type"] for message in sent] == [
        "lifespan.startup.complete",
        "lifespan.shutdown.complete",
    ]


def test_a_websocket_is_closed(monitor):
    sent = talk(metrics_app(monitor), {"type": "websocket"}, {"type": "websocket.connect"})
    assert sent == [{"type": "websocket.close", "code": 1000}]


def test_the_loop_goes_on_while_a_long_text_is_written(monitor, monkeypatch):
    over = threading.Event()
    expose = monitor.expose

    def slow(accept):
        assert over.wait(30)
        return expose(accept)

    monkeypatch.setattr(monitor, "expose", slow)
    app = metrics_app(monitor)

    async def main():
        sent = []

        async def send(message):
            sent.append(message)

        scope = {"type": "http", "method": "GET", "path": "/", "headers": []}
        scrape = asyncio.create_task(app(scope, silent, send))
        for _ in range(100):
            await asyncio.sleep(0)
        assert not scrape.done()
        over.set()
        await scrape
        return sent

    assert asyncio.run(main())[0]["status"] == 200


def test_another_event_loop_than_asyncios_is_answered_too(monitor):
    sent = []

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": "/", "headers": []}
    call = metrics_app(monitor)(scope, silent, send)
    with pytest.raises(StopIteration):
        call.send(None)
    assert sent[0]["status"] == 200


def test_it_is_mounted_into_an_application():
    from starlette.applications import Starlette
    from starlette.routing import Mount
    from starlette.testclient import TestClient

    monitor = Monitor(isolated=True)
    monitor.counter(STEPS).inc()
    client = TestClient(Starlette(routes=[Mount("/metrics", metrics_app(monitor))]))
    assert "steps_total 1.0" in client.get("/metrics").text
    assert client.post("/metrics/").status_code == 405
