"""Around an ASGI application: count and time its requests, serve pages beside it."""

import time
from collections.abc import Mapping

from vedette.middleware.protocols import App, Message, Receive, Scope, Send
from vedette.middleware.routes import PAGE, Routes
from vedette.packs.http.record import HttpRequests
from vedette.sdk.monitor import Monitor

_FAILED = 500
# nginx' own code for a client that went away before it was answered.
_GONE = 499
# https://asgi.readthedocs.io/en/latest/extensions.html
_FILES = ("http.response.zerocopysend", "http.response.pathsend")


class Watch:
    """ASGI middleware: counts and times requests, and touches nothing else.

    Where one application stands inside another and both are watched for the same monitor, a
    request is counted once, by the outer one.

    Args:
        app: The application inside.
        monitor: Whose instruments.
        routes: The application whose routes answer; what is inside unless given.
        pages: What is answered here, by path, where the application has no such route.
    """

    def __init__(
        self,
        app: App,
        monitor: Monitor,
        *,
        routes: object = None,
        pages: Mapping[str, App] | None = None,
    ) -> None:
        self.app = app
        self._mark = f"vedette.watched.{id(monitor)}"
        self.requests = HttpRequests(monitor=monitor)
        self.routes = Routes(routes or app)
        self._pages = dict(pages or {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one connection."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        answering = self.app
        if scope["path"] in self._pages or scope.get("root_path"):
            answering = self._page(scope) or answering
        if self._mark in scope:
            await answering(scope, receive, send)
            return
        scope[self._mark] = True
        request = _Request(self, scope, (receive, send))
        try:
            await answering(scope, request.receive, request.send)
        except Exception:
            request.ended(_FAILED)
            raise
        except BaseException:  # cancelled: a server does so when the client has left
            request.ended(_GONE)
            raise
        if not request.over:
            request.ended(request.status or _FAILED)

    def _page(self, scope: Scope) -> App | None:
        path: str = scope["path"]
        path = path.removeprefix(scope.get("root_path", ""))
        page = self._pages.get(path)
        if page is None or self.routes.has(path):
            return None
        scope[PAGE] = path
        return page


class _Request:
    """One request, from its arrival to the last byte of its answer."""

    __slots__ = (
        *("_channels", "_gone", "_received", "_scope", "_sent", "_start", "_watch"),
        *("over", "status"),
    )

    def __init__(self, watch: Watch, scope: Scope, channels: tuple[Receive, Send]) -> None:
        self._watch = watch
        self._scope = scope
        self._channels = channels
        self.over = self._gone = False
        self.status = 0
        self._received = self._sent = 0.0
        watch.requests.began()
        self._start = time.perf_counter()

    async def receive(self) -> Message:
        """Hand on a part of the request, or that the client has left."""
        message = await self._channels[0]()
        if message["type"] == "http.request":
            self._received += len(message.get("body", b""))
        else:
            self._gone = True
        return message

    async def send(self, message: Message) -> None:
        """Hand on a part of the answer; what runs in the background after it is not timed."""
        try:
            await self._channels[1](message)
        except OSError:
            self._gone = True
            raise
        kind = message["type"]
        if kind == "http.response.start":
            self.status = message["status"]
            return
        if kind == "http.response.body":
            self._sent += len(message.get("body", b""))
        elif kind not in _FILES:
            return
        if not message.get("more_body", False):
            self.ended(self.status, complete=True)

    def ended(self, status: int, *, complete: bool = False) -> None:
        """Record the request, once; an answer that broke off is none, whatever it began with.

        Args:
            status: How it ended, unless the client left before it was complete.
            complete: Whether the last byte of the answer was sent.
        """
        if self.over:
            return
        self.over = True
        scope = self._scope
        self._watch.requests.ended(
            method=scope["method"],
            endpoint=self._watch.routes.endpoint(scope),
            status=status if complete or not self._gone else _GONE,
            seconds=time.perf_counter() - self._start,
            request_bytes=self._received or None,
            response_bytes=self._sent,
        )
