"""FastAPI: count and time every request, and serve the metrics.

from fastapi import FastAPI
from vedette.integrations.fastapi import instrument

app = FastAPI()
instrument(app)
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, MutableMapping
from typing import TYPE_CHECKING, Any

from vedette.packs.http.record import HttpRequests
from vedette.sdk.monitor import Monitor, default_monitor

if TYPE_CHECKING:
    from fastapi import FastAPI

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

UNMATCHED = "unmatched"
_FAILED = 500
# nginx' own code for a client that went away before it was answered.
_GONE = 499


def instrument(
    app: "FastAPI", monitor: Monitor | None = None, *, path: str | None = "/metrics"
) -> None:
    """Record every request that `app` answers, and serve what was recorded.

    Call it once, before the application starts; a second call changes nothing.

    Args:
        app: The application.
        monitor: Whose instruments; the process's own unless given.
        path: Where the metrics are served; None where something else serves them.
    """
    if getattr(app.state, "vedette_watched", False):
        return
    app.state.vedette_watched = True
    chosen = monitor or default_monitor()
    app.add_middleware(Watch, requests=HttpRequests(monitor=chosen))
    if path is not None:
        serve_metrics(app, chosen, path=path)


def serve_metrics(app: "FastAPI", monitor: Monitor, *, path: str = "/metrics") -> None:
    """Add an endpoint that answers a scrape; it is left out of the API's description."""
    from fastapi import Request, Response

    @app.get(path, include_in_schema=False)
    async def metrics(request: Request) -> Response:
        exposition = monitor.expose(request.headers.get("accept", ""))
        return Response(exposition.body, headers={"content-type": exposition.content_type})


class Watch:
    """ASGI middleware: counts and times requests, and touches nothing else.

    Args:
        app: The application inside.
        requests: Where they are recorded.
    """

    def __init__(self, app: App, requests: HttpRequests) -> None:
        self._app = app
        self._requests = requests

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one connection."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = _Request(self._requests, scope, send)
        try:
            await self._app(scope, receive, request.send)
        except asyncio.CancelledError:
            request.ended(_GONE)
            raise
        finally:
            request.ended(_FAILED)


class _Request:
    """One request, from its arrival to the last byte of its answer."""

    def __init__(self, requests: HttpRequests, scope: Scope, send: Send) -> None:
        self._requests = requests
        self._scope = scope
        self._send = send
        self._outside = len(scope.get("root_path", ""))
        self._status = 0
        self._over = False
        self._start = time.perf_counter()
        requests.began()

    async def send(self, message: Message) -> None:
        """Pass a part of the answer on; what runs in the background after it is not timed."""
        if message["type"] == "http.response.start":
            self._status = message["status"]
        await self._send(message)
        if message["type"] == "http.response.body" and not message.get("more_body", False):
            self.ended(self._status)

    def ended(self, status: int) -> None:
        """Record the request; `status` counts only where no answer was begun."""
        if self._over:
            return
        self._over = True
        self._requests.ended(
            method=self._scope["method"],
            endpoint=_endpoint(self._scope, self._outside),
            status=self._status or status,
            seconds=time.perf_counter() - self._start,
        )


def _endpoint(scope: Scope, outside: int) -> str:
    """Return the pattern of the route that answered, with those of its mounts before it.

    Args:
        scope: After the call, when the router has written down what it chose.
        outside: Length of the root path that a proxy in front has taken off.
    """
    mounted: str = scope.get("root_path", "")[outside:]
    route: Any = scope.get("route")
    if hasattr(route, "methods"):  # a mount has none: what it holds is a route, or a file
        return f"{mounted}{route.path}"
    return f"{mounted}/*" if mounted else UNMATCHED
