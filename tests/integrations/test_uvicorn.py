import re
import socket
import threading
import urllib.request

import pytest
import uvicorn
from fastapi import FastAPI
from uvicorn.supervisors import Multiprocess

from vedette.integrations.uvicorn import instrument, several_processes
from vedette.middleware import around
from vedette.sdk.monitor import Monitor


@pytest.fixture
def monitor(monkeypatch):
    """The monitor that the process's own stands for, with uvicorn as it was afterwards."""
    monitor = Monitor(isolated=True)
    monkeypatch.setattr(around, "default_monitor", lambda: monitor)
    monkeypatch.setattr(uvicorn.Config, "load", uvicorn.Config.load)
    monkeypatch.setattr(uvicorn.Config, "__init__", vars(uvicorn.Config)["__init__"])
    monkeypatch.setattr(Multiprocess, "__init__", vars(Multiprocess)["__init__"])
    return monitor


@pytest.fixture
def serve():
    """Serve an application until the test is over; gives its address."""
    running = []

    def start(app):
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off"))
        listener = socket.create_server(("127.0.0.1", 0))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        running.append((server, thread, listener))
        return f"http://127.0.0.1:{listener.getsockname()[1]}"

    yield start
    for server, thread, listener in running:
        server.should_exit = True
        thread.join()
        listener.close()


def get(url):
    with urllib.request.urlopen(url, timeout=10) as answer:
        return answer.read().decode()


@pytest.mark.usefixtures("monitor")
def test_what_uvicorn_serves_is_watched_by_its_routes(serve):
    app = FastAPI()

    @app.get("/items/{item}")
    def item(item: int) -> int:
        return item

    instrument()
    instrument()
    address = serve(app)
    get(f"{address}/items/1")
    text = get(f"{address}/metrics")
    assert re.search(r'http_requests_total\{endpoint="/items/\{item\}".*\} 1.0', text)
    assert 'endpoint="/metrics"' in get(f"{address}/metrics")  # the scrape before this one


@pytest.mark.usefixtures("monitor")
def test_an_application_without_routes_is_watched_too(serve):
    async def app(_scope, _receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"hello"})

    instrument()
    address = serve(app)
    assert get(address) == "hello"
    assert 'endpoint="unmatched"' in get(f"{address}/metrics")


def test_only_a_command_line_that_asks_for_workers_has_several_processes():
    assert several_processes(["shop:app", "--workers", "2"])
    assert several_processes(["shop:app", "--workers=2"])
    assert not several_processes(["shop:app"])
