"""Around a WSGI application: count and time its requests, serve pages beside it."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from vedette.middleware.protocols import Environ, StartResponse, WsgiApp
from vedette.middleware.routes import UNMATCHED
from vedette.packs.http.record import HttpRequests
from vedette.sdk.monitor import Monitor

# Where an application may write down the pattern of the route that answers.
ENDPOINT = "vedette.endpoint"
_FAILED = 500
_GONE = 499  # nginx' own code for a client that went away before it was answered


class Watch:
    """WSGI middleware: counts and times requests, and touches nothing else.

    The endpoint is the rule that Werkzeug's router chose, or what the application wrote into
    `environ["vedette.endpoint"]`; without either it is `unmatched`, never the path.

    Args:
        app: The application inside.
        monitor: Whose instruments.
        pages: What is answered here, by path.
        owns: Says whether the application answers a path itself; such a page is left to it.
    """

    def __init__(
        self,
        app: WsgiApp,
        monitor: Monitor,
        *,
        pages: Mapping[str, WsgiApp] | None = None,
        owns: Callable[[str], bool] = lambda path: not path,
    ) -> None:
        self.app = app
        self._mark = f"vedette.watched.{id(monitor)}"
        self._requests = HttpRequests(monitor=monitor)
        self._pages = dict(pages or {})
        self._owns = owns

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        path = environ.get("PATH_INFO", "")
        page = self._pages.get(path)
        if page is not None and self._owns(path):
            page = None
        if page is not None:
            environ[ENDPOINT] = path
        answering = page or self.app
        if self._mark in environ:
            return answering(environ, start_response)
        environ[self._mark] = True
        request = _Request(self._requests, environ, start_response)
        try:
            parts = answering(environ, request.start)
        except Exception:
            request.ended(_FAILED)
            raise
        except BaseException:
            request.ended(_GONE)
            raise
        return request.follow(parts)


class _Request:
    """One request, from its arrival to the last byte of its answer."""

    __slots__ = (
        *("_begin", "_endpoint", "_environ", "_over", "_parts", "_requests", "_sent"),
        *("_start_response", "_status"),
    )

    def __init__(
        self, requests: HttpRequests, environ: Environ, start_response: StartResponse
    ) -> None:
        self._requests = requests
        self._environ = environ
        self._start_response = start_response
        self._endpoint = ""
        self._over = False
        self._sent = self._status = 0
        self._begin = time.perf_counter()
        requests.began()

    def start(self, status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
        """Note how the application answers; the router's choice is known only until then."""
        self._status = int(status[:3])
        request = self._environ.get("werkzeug.request")
        rule = getattr(request, "url_rule", None)
        self._endpoint = rule.rule if rule is not None else ""
        if exc_info is None:
            return self._start_response(status, headers)
        return self._start_response(status, headers, exc_info)

    def follow(self, parts: Iterable[bytes]) -> Iterable[bytes]:
        """Return the parts of the answer, to be recorded when the last one is gone.

        Lists stay what they are, for servers count them; so do files, for servers send them
        without reading them.
        """
        wrapper = self._environ.get("wsgi.file_wrapper")
        if isinstance(parts, (list, tuple)):
            self._sent = sum(map(len, parts))
            self.ended(self._status)
        elif isinstance(wrapper, type) and isinstance(parts, wrapper):
            self.ended(self._status)
        else:
            return _Parts(self, parts)
        return parts

    def passed(self, part: bytes) -> None:
        """Count the bytes of one part."""
        self._sent += len(part)

    def complete(self) -> None:
        """Record that the last byte was handed over."""
        self.ended(self._status or _FAILED)

    def left(self) -> None:
        """Record that nobody took the rest; of an answer to HEAD nobody takes anything."""
        self.ended(self._status if self._environ["REQUEST_METHOD"] == "HEAD" else _GONE)

    def ended(self, status: int) -> None:
        """Record the request, once."""
        if self._over:
            return
        self._over = True
        environ = self._environ
        length = environ.get("CONTENT_LENGTH") or ""
        self._requests.ended(
            method=environ["REQUEST_METHOD"],
            endpoint=environ.get(ENDPOINT) or self._endpoint or UNMATCHED,
            status=status,
            seconds=time.perf_counter() - self._begin,
            request_bytes=int(length) if length.isdigit() else None,
            response_bytes=self._sent,
        )


class _Parts:
    """The parts of an answer as the server takes them; it closes them in any case."""

    def __init__(self, request: _Request, parts: Iterable[bytes]) -> None:
        self._request = request
        self._inside = parts
        self._parts: Iterator[bytes] = iter(parts)

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        try:
            part = next(self._parts)
        except StopIteration:
            self._request.complete()
            raise
        except Exception:
            self._request.ended(_FAILED)
            raise
        self._request.passed(part)
        return part

    def close(self) -> None:
        """Let go; an answer that was not taken to its end had nobody to take it."""
        try:
            close = getattr(self._inside, "close", None)
            if close is not None:
                close()
        finally:
            self._request.left()
