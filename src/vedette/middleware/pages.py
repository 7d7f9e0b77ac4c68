"""Pages that stand beside an application: an answer, and how ASGI and WSGI carry it."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from http import HTTPStatus

from vedette.middleware.protocols import (
    App,
    Environ,
    Receive,
    Scope,
    Send,
    StartResponse,
    WsgiApp,
)

_READING = ("GET", "HEAD")


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What is answered.

    Args:
        body: The bytes.
        content_type: What they are.
        status: The status code.
    """

    body: bytes
    content_type: str
    status: int = HTTPStatus.OK

    @property
    def headers(self) -> list[tuple[str, str]]:
        """The headers; such a page is out of date at once."""
        return [
            ("Content-Type", self.content_type),
            ("Content-Length", str(len(self.body))),
            ("Cache-Control", "no-store"),
        ]


_REFUSED = Answer(
    body=b"only GET and HEAD are answered here\n",
    content_type="text/plain; charset=utf-8",
    status=HTTPStatus.METHOD_NOT_ALLOWED,
)


def asgi_page(make: Callable[[str], Awaitable[Answer]]) -> App:
    """Return the ASGI application of a page.

    Args:
        make: Gives the answer, told what the request accepts.
    """

    async def page(scope: Scope, receive: Receive, send: Send) -> None:
        del receive
        accept = next((v.decode("latin-1") for k, v in scope["headers"] if k == b"accept"), "")
        answer = await make(accept) if scope["method"] in _READING else _REFUSED
        headers = [(k.lower().encode(), v.encode("latin-1")) for k, v in answer.headers]
        await send({"type": "http.response.start", "status": answer.status, "headers": headers})
        body = b"" if scope["method"] == "HEAD" else answer.body
        await send({"type": "http.response.body", "body": body})

    return page


def wsgi_page(make: Callable[[str], Answer]) -> WsgiApp:
    """Return the WSGI application of a page; see `asgi_page`."""

    def page(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        method = environ["REQUEST_METHOD"]
        answer = make(environ.get("HTTP_ACCEPT", "")) if method in _READING else _REFUSED
        line = f"{answer.status:d} {HTTPStatus(answer.status).phrase}"
        start_response(line, answer.headers)
        return [b"" if method == "HEAD" else answer.body]

    return page
