"""The ASGI application behind the web console."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request, Response
from fastapi.responses import FileResponse, PlainTextResponse, StreamingResponse
from fastapi.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from vedette import __version__
from vedette.console import api, handover, problems, proxy, spool
from vedette.console.config import Config
from vedette.console.guard import Guard
from vedette.console.instruments import Instruments
from vedette.console.problems import RequestError
from vedette.console.services import Services, services

_UNBUILT = (
    "The console's page is not built; its API under /api works.\n"
    "  hint: install a wheel of Vedette, or run `make web` in its repository\n"
)


class _Measured:
    """ASGI middleware: counts answers by route."""

    def __init__(self, app: ASGIApp, instruments: Instruments) -> None:
        self._app, self._instruments = app, instruments

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = time.perf_counter()

        async def counted(message: Message) -> None:
            if message["type"] == "http.response.start":
                # The route is known by now; a path that is none is not a label of its own.
                route = getattr(scope.get("route"), "path", "other")
                seconds = time.perf_counter() - started
                self._instruments.request(route, message["status"], seconds)
            await send(message)

        await self._app(scope, receive, counted)


def create(config: Config) -> FastAPI:
    """Return the application.

    Args:
        config: Where it reads from, and who may open it.
    """
    shared = services(config)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        watch = asyncio.create_task(spool.watch(shared.handed)) if shared.handed else None
        yield
        if watch is not None:
            watch.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await watch
        await shared.close()

    app = FastAPI(
        title="Vedette console",
        version=__version__,
        summary="What is up, what fires, how the models do.",
        openapi_url="/api/openapi.json",
        docs_url=None,  # its page is loaded from elsewhere
        redoc_url=None,
        lifespan=lifespan,
    )
    app.state.services = shared
    app.add_middleware(_Measured, instruments=shared.instruments)
    token = shared.handed.token if shared.handed else ""
    app.add_middleware(Guard, config=config, token=token)
    problems.install(app)
    app.include_router(api.routes(shared))
    app.include_router(handover.routes(shared))
    _add_proxy(app, shared)
    _add_own(app, shared)
    _add_page(app, config)
    return app


def _add_proxy(app: FastAPI, shared: Services) -> None:
    @app.api_route("/api/prometheus/{path:path}", methods=["GET", "POST"], include_in_schema=False)
    async def _prometheus(path: str, request: Request) -> StreamingResponse:
        return await proxy.passed(request, shared.prometheus, path, allowed=proxy.PROMETHEUS)

    @app.get("/api/alertmanager/{path:path}", include_in_schema=False)
    async def _alertmanager(path: str, request: Request) -> StreamingResponse:
        if shared.alertmanager is None:
            problem, hint = "the console knows no Alertmanager", "start it with --alertmanager URL"
            raise RequestError(404, problem, hint=hint)
        return await proxy.passed(request, shared.alertmanager, path, allowed=proxy.ALERTMANAGER)


def _add_own(app: FastAPI, shared: Services) -> None:
    @app.get("/healthz")
    async def _healthz() -> dict[str, str]:
        """Answer that the console runs."""
        return {"status": "ok"}

    @app.post("/-/reload")
    async def _reload() -> dict[str, int]:
        """Read the dashboards that changed; the page does so by itself as well."""
        shelf = shared.library.shelf()
        return {"dashboards": len(shelf.dashboards), "broken": len(shelf.errors)}

    @app.get("/metrics", include_in_schema=False)
    async def _metrics() -> Response:
        return Response(
            shared.instruments.exposition(),
            media_type="text/plain; version=0.0.4; charset=utf-8",
        )


def _add_page(app: FastAPI, config: Config) -> None:
    index = config.static / "index.html"

    @app.get("/", include_in_schema=False)
    async def _page() -> Response:
        if index.exists():
            return FileResponse(index, media_type="text/html")
        return PlainTextResponse(_UNBUILT, status_code=503)

    app.mount("/", StaticFiles(directory=config.static, check_dir=False))
