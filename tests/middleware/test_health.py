import asyncio
import json

import httpx
import pytest

from vedette.middleware.health import asgi_health_app, wsgi_health_app
from vedette.packs.health.record import Health
from vedette.sdk.monitor import Monitor


@pytest.fixture
def health():
    return Health(version="3", monitor=Monitor(isolated=True), disk=lambda: True)


def _over_asgi(health, path, method="GET"):
    async def ask():
        transport = httpx.ASGITransport(asgi_health_app(health))
        async with httpx.AsyncClient(transport=transport, base_url="http://x") as client:
            return await client.request(method, path)

    return asyncio.run(ask())


def _over_wsgi(health, path, method="GET"):
    transport = httpx.WSGITransport(wsgi_health_app(health))
    with httpx.Client(transport=transport, base_url="http://x") as client:
        return client.request(method, path)


@pytest.fixture(params=[_over_asgi, _over_wsgi], ids=["asgi", "wsgi"])
def ask(request):
    return request.param


def test_health_tells_status_time_version_and_checks(ask, health):
    answer = ask(health, "/health")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["cache-control"] == "no-store"
    document = answer.json()
    assert (document["status"], document["version"]) == ("ok", "3")
    assert document["checks"]["disk"]["status"] == "ok"
    assert document["timestamp"]


@pytest.mark.parametrize("path,status", [("/health", 503), ("/ready", 503), ("/live", 200)])
def test_one_failing_check_makes_a_service_unready_but_not_dead(ask, health, path, status):
    health.check("database", lambda: False)
    assert ask(health, path).status_code == status


def test_a_service_that_shuts_down_is_healthy_but_not_ready(ask, health):
    health.accepting = False
    assert ask(health, "/ready").status_code == 503
    assert ask(health, "/health").status_code == 200


def test_live_asks_nothing(ask, health):
    asked = []
    health.check("costly", lambda: asked.append(1))
    assert ask(health, "/live").json()["checks"] == {}
    assert asked == []


def test_only_reading_is_allowed_and_head_has_no_body(ask, health):
    assert ask(health, "/health", "POST").status_code == 405
    head = ask(health, "/health", "HEAD")
    assert (head.status_code, head.content) == (200, b"")
    assert int(head.headers["content-length"]) > 0


def test_another_path_is_not_found(ask, health):
    assert ask(health, "/secret").status_code == 404


def test_what_is_answered_is_json(ask, health):
    assert json.loads(ask(health, "/health").content)
