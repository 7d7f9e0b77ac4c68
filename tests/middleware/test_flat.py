"""What is watched costs the same however many routes there are: counted in calls, not in time."""

import asyncio
import sys

import pytest
from fastapi import FastAPI

from vedette.integrations.fastapi import instrument
from vedette.sdk.monitor import Monitor

TIMES = 20


async def answer(item: int) -> int:
    return item


async def receive():
    return {"type": "http.request", "body": b"", "more_body": False}


async def send(_):
    """Take the answer."""


async def ask(app, path):
    for _ in range(TIMES):
        scope = {
            "type": "http",
            "method": "GET",
            "path": path,
            "query_string": b"",
            "headers": [],
            "http_version": "1.1",
            "scheme": "http",
            "server": ("127.0.0.1", 80),
        }
        await app(scope, receive, send)


@pytest.fixture
def calls():
    """Count the calls of one request to an application with so many routes."""
    loop = asyncio.new_event_loop()

    def count(routes, *, watched):
        app = FastAPI()
        for number in range(routes):
            app.add_api_route(f"/route{number}/{{item}}", answer)
        if watched:
            instrument(app, Monitor(isolated=True))
        path = f"/route{routes - 1}/7"
        loop.run_until_complete(ask(app, path))  # so that everything is bound
        counted = 0

        def profile(_frame, event, _argument):
            nonlocal counted
            counted += event in {"call", "c_call"}

        before = sys.getprofile()
        sys.setprofile(profile)
        try:
            loop.run_until_complete(ask(app, path))
        finally:
            sys.setprofile(before)
        return counted / TIMES

    yield count
    loop.close()


def test_a_hundred_routes_more_add_no_call(calls):
    added = [calls(routes, watched=True) - calls(routes, watched=False) for routes in (1, 101)]
    assert added[0] > 0
    assert added[1] == pytest.approx(added[0], abs=0.5)
