import asyncio
import re
import socket
import threading

import httpx
import pytest
import uvicorn
from fastapi import FastAPI
from fastapi.responses import StreamingResponse

from vedette.middleware.asgi import Watch
from vedette.sdk.asgi import metrics_app
from vedette.sdk.monitor import Monitor


@pytest.fixture
def monitor():
    return Monitor(isolated=True)


def counted(monitor):
    text = monitor.expose().body.decode()
    pattern = r'http_requests_total\{endpoint="(.*?)",method="(.*?)",status="(.*?)"\} (\d+)'
    return {(m[1], m[2], m[3]): int(m[4]) for m in re.finditer(pattern, text)}


def _scope(**more):
    return {"type": "http", "method": "GET", "path": "/", "headers": [], **more}


async def _request():
    return {"type": "http.request", "body": b"12345"}


async def _disconnect():
    return {"type": "http.disconnect"}


async def _take(_):
    """Be told a part of the answer."""


async def _broken_pipe(_):
    raise BrokenPipeError


def _run(app, monitor, receive=_request, send=_take):
    """Let one request through; return what the application raised."""

    async def call():
        await Watch(app, monitor)(_scope(), receive, send)

    try:
        asyncio.run(call())
    except (OSError, ValueError) as fault:
        return fault
    return None


def _start(status=200):
    return {"type": "http.response.start", "status": status, "headers": []}


def _body(body=b"", more=False):
    return {"type": "http.response.body", "body": body, "more_body": more}


def test_a_client_that_goes_away_is_counted_as_such(monitor):
    async def endless(_scope, _receive, _send):
        started.set()
        await asyncio.Event().wait()

    async def leave():
        call = asyncio.create_task(Watch(endless, monitor)(_scope(), _request, _take))
        await started.wait()
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call

    started = asyncio.Event()
    asyncio.run(leave())
    assert counted(monitor) == {("unmatched", "GET", "499"): 1}


def test_an_answer_that_breaks_off_is_a_failure_whatever_it_began_with(monitor):
    async def breaks(_scope, _receive, send):
        await send(_start())
        await send(_body(b"part", more=True))
        raise ValueError

    assert isinstance(_run(breaks, monitor), ValueError)
    assert counted(monitor) == {("unmatched", "GET", "500"): 1}


def test_a_client_that_leaves_in_the_middle_of_the_answer_is_no_failure(monitor):
    async def stream(_scope, _receive, send):
        await send(_start())
        await send(_body(b"part", more=True))

    async def heeds(_scope, receive, send):
        await send(_start())
        await receive()

    assert isinstance(_run(stream, monitor, send=_broken_pipe), BrokenPipeError)
    assert _run(heeds, monitor, receive=_disconnect) is None
    assert counted(monitor) == {("unmatched", "GET", "499"): 2}


def test_an_application_that_answers_nothing_has_failed(monitor):
    async def silent(_scope, _receive, _send):
        """Answer nothing."""

    _run(silent, monitor)
    assert counted(monitor) == {("unmatched", "GET", "500"): 1}


def test_a_request_is_over_with_its_answer_not_with_what_runs_after_it(monitor):
    seen = []

    async def works_on(_scope, _receive, send):
        await send(_start())
        await send(_body(b"all"))
        seen.append(counted(monitor))
        seen.append("http_requests_in_flight 0.0" in monitor.expose().body.decode())

    _run(works_on, monitor)
    assert seen == [{("unmatched", "GET", "200"): 1}, True]


def test_an_exception_after_the_answer_changes_nothing(monitor):
    async def works_on(_scope, _receive, send):
        await send(_start(201))
        await send(_body())
        raise ValueError

    _run(works_on, monitor)
    assert counted(monitor) == {("unmatched", "GET", "201"): 1}


def test_the_sizes_of_bodies_are_those_that_went_through(monitor):
    async def echo(_scope, receive, send):
        await receive()
        await send(_start())
        await send(_body(b"1234", more=True))
        await send(_body(b"567"))

    _run(echo, monitor)
    text = monitor.expose().body.decode()
    sums = dict(re.findall(r"(http_re\w+_bytes)_sum\{.*\} (\S+)", text))
    assert sorted(sums.values()) == ["5.0", "7.0"]


@pytest.mark.parametrize("kind", ["http.response.pathsend", "http.response.zerocopysend"])
def test_a_file_that_the_server_sends_itself_ends_the_answer(monitor, kind):
    async def send_file(_scope, _receive, send):
        await send(_start())
        await send({"type": kind, "path": "/file", "file": None})

    _run(send_file, monitor)
    assert counted(monitor) == {("unmatched", "GET", "200"): 1}


@pytest.mark.parametrize("kind", ["websocket", "lifespan"])
def test_what_is_no_request_passes_through_uncounted(monitor, kind):
    passed = []

    async def talk(scope, receive, send):
        passed.append((scope["type"], receive, send))

    asyncio.run(Watch(talk, monitor)({"type": kind}, _request, _take))
    assert passed == [(kind, _request, _take)]
    assert counted(monitor) == {}


def test_a_request_that_passes_two_watches_of_one_monitor_is_counted_once(monitor):
    async def fine(_scope, _receive, send):
        await send(_start())
        await send(_body())

    other = Monitor(isolated=True)
    _run(Watch(Watch(fine, monitor), other), monitor)
    assert counted(monitor) == counted(other) == {("unmatched", "GET", "200"): 1}


def test_a_page_is_found_below_the_root_path_of_a_proxy(monitor):
    async def never(_scope, _receive, _send):
        raise AssertionError

    sent = []

    async def keep(message):
        sent.append(message)

    watch = Watch(never, monitor, pages={"/metrics": metrics_app(monitor)})
    scope = _scope(path="/behind/metrics", root_path="/behind")
    asyncio.run(watch(scope, _request, keep))
    assert sent[0]["status"] == 200
    assert counted(monitor) == {("/metrics", "GET", "200"): 1}


@pytest.fixture
def served(monitor):
    """The address of an application on a real server, and an event for each stream that ends."""
    ended = threading.Event()
    app = FastAPI()

    @app.get("/endless")
    async def endless() -> StreamingResponse:
        async def parts():
            try:
                while True:
                    yield b"x" * 1000
                    await asyncio.sleep(0.01)
            finally:
                ended.set()

        return StreamingResponse(parts())

    config = uvicorn.Config(Watch(app, monitor), port=0, log_level="error", lifespan="off")
    server = uvicorn.Server(config)
    listener = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}", ended
    server.should_exit = True
    thread.join()
    listener.close()


def test_a_client_that_hangs_up_on_a_real_server_is_counted_as_gone(served, monitor):
    address, ended = served
    with httpx.stream("GET", f"{address}/endless") as answer:
        next(answer.iter_bytes())
    assert ended.wait(10)
    for _ in range(1000):
        if counted(monitor):
            break
        threading.Event().wait(0.01)
    assert counted(monitor) == {("/endless", "GET", "499"): 1}


def test_a_page_of_an_inner_watch_is_served_and_counted_once_by_the_outer(monitor):
    async def never(_scope, _receive, _send):
        raise AssertionError

    inner = Watch(never, monitor, pages={"/health": metrics_app(monitor)})
    asyncio.run(Watch(inner, monitor)(_scope(path="/health"), _request, _take))
    assert counted(monitor) == {("/health", "GET", "200"): 1}


async def _get(app, path):
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app)) as client:
        return await client.get(f"http://shop{path}")


def test_the_page_of_a_watch_around_another_watch_is_served(monitor):
    # As under gunicorn with workers of uvicorn, where `vedette instrument` watches both.
    app = FastAPI()
    pages = {"/metrics": metrics_app(monitor)}
    outer = Watch(Watch(app, monitor, pages=pages), monitor, pages=pages)
    assert asyncio.run(_get(outer, "/metrics")).status_code == 200


def test_an_application_may_mean_something_of_its_own_by_routes(monitor):
    async def app(scope, receive, send): ...

    app.routes = lambda: "of another kind"  # type: ignore[attr-defined]  # as a mock has it
    outer = Watch(app, monitor, pages={"/metrics": metrics_app(monitor)})
    assert asyncio.run(_get(outer, "/metrics")).status_code == 200
