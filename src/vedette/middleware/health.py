"""The pages of a service's health: `/health`, `/ready` and `/live`."""

import json
from collections.abc import Iterable
from http import HTTPStatus

from vedette.middleware.pages import Answer, asgi_page, wsgi_page
from vedette.middleware.protocols import (
    App,
    Environ,
    Receive,
    Scope,
    Send,
    StartResponse,
    WsgiApp,
)
from vedette.packs.health.record import Health, Report

HEALTH, READY, LIVE = "/health", "/ready", "/live"


def asgi_health(health: Health) -> dict[str, App]:
    """Return the ASGI application of each page, by its path."""

    async def everything(_: str) -> Answer:
        return _answer(await health.run_async())

    async def ready(_: str) -> Answer:
        return _ready(await health.run_async())

    async def live(_: str) -> Answer:
        return _answer(health.alive())

    return {HEALTH: asgi_page(everything), READY: asgi_page(ready), LIVE: asgi_page(live)}


def wsgi_health(health: Health) -> dict[str, WsgiApp]:
    """Return the WSGI application of each page, by its path."""
    return {
        HEALTH: wsgi_page(lambda _: _answer(health.run())),
        READY: wsgi_page(lambda _: _ready(health.run())),
        LIVE: wsgi_page(lambda _: _answer(health.alive())),
    }


def asgi_health_app(health: Health) -> App:
    """Return one ASGI application with all three pages, to be mounted or served alone."""
    pages = asgi_health(health)
    missing = asgi_page(_missing_async)

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            path = scope["path"].removeprefix(scope.get("root_path", ""))
            await pages.get(path, missing)(scope, receive, send)

    return app


def wsgi_health_app(health: Health) -> WsgiApp:
    """Return one WSGI application with all three pages, to be mounted or served alone."""
    pages = wsgi_health(health)
    missing = wsgi_page(lambda _: _MISSING)

    def app(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        return pages.get(environ.get("PATH_INFO", ""), missing)(environ, start_response)

    return app


def _answer(report: Report) -> Answer:
    status = HTTPStatus.OK if report.passing else HTTPStatus.SERVICE_UNAVAILABLE
    return _json(report, status)


def _ready(report: Report) -> Answer:
    good = report.passing and report.ready
    return _json(report, HTTPStatus.OK if good else HTTPStatus.SERVICE_UNAVAILABLE)


def _json(report: Report, status: HTTPStatus) -> Answer:
    body = json.dumps(report.document()).encode()
    return Answer(body=body, content_type="application/json", status=status)


_MISSING = Answer(
    body=f"only {HEALTH}, {READY} and {LIVE} are here\n".encode(),
    content_type="text/plain; charset=utf-8",
    status=HTTPStatus.NOT_FOUND,
)


async def _missing_async(_: str) -> Answer:
    return _MISSING
