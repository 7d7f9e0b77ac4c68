"""httpx: time every request that is sent, by host and status.

from vedette.integrations.httpx import instrument

instrument()
"""

import functools
import threading
import time
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from vedette.model.integration import Integration
from vedette.packs.http_client.record import OutgoingRequests
from vedette.sdk.monitor import Monitor
from vedette.sdk.wrapping import wrap

if TYPE_CHECKING:
    import httpx

INTEGRATION = Integration(
    title="httpx",
    library="httpx",
    summary="Requests to other services by host, method and status, and how long they took.",
    packs=("http_client",),
    example="""\
import httpx

from vedette.integrations.httpx import instrument

instrument()
client = httpx.Client()
""",
)

_watched: "WeakKeyDictionary[Any, OutgoingRequests]" = WeakKeyDictionary()
_lock = threading.Lock()


class _Everyone:
    """Where the requests of clients that nobody named are recorded."""

    requests: OutgoingRequests | None = None


def instrument(
    client: "httpx.Client | httpx.AsyncClient | None" = None, *, monitor: Monitor | None = None
) -> None:
    """Record the requests of one client, or of every client of this process.

    Each hop of a redirect is a request of its own. A second call changes nothing.

    Args:
        client: Which; every one, those made later and `httpx.get()` too, unless given.
        monitor: Whose instruments; the process's own unless given.
    """
    _patch()
    with _lock:
        if client is None:
            _Everyone.requests = _Everyone.requests or OutgoingRequests(monitor=monitor)
        elif client not in _watched:
            _watched[client] = OutgoingRequests(monitor=monitor)


def _of(client: Any) -> OutgoingRequests | None:
    return _watched.get(client) or _Everyone.requests


def _patch() -> None:
    import httpx

    # One hop on one transport; the public send() hides the hops of a redirect.
    wrap(httpx.Client, "_send_single_request", _timed)
    wrap(httpx.AsyncClient, "_send_single_request", _timed_async)


def _timed(original: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(original)
    def send(client: Any, request: Any) -> Any:
        if (requests := _of(client)) is None:
            return original(client, request)
        start, response = time.perf_counter(), None
        try:
            response = original(client, request)
        finally:
            _record(requests, request, response, since=start)
        return response

    return send


def _timed_async(original: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    @functools.wraps(original)
    async def send(client: Any, request: Any) -> Any:
        if (requests := _of(client)) is None:
            return await original(client, request)
        start, response = time.perf_counter(), None
        try:
            response = await original(client, request)
        finally:
            _record(requests, request, response, since=start)
        return response

    return send


def _record(requests: OutgoingRequests, request: Any, response: Any, *, since: float) -> None:
    requests.record(
        host=request.url.netloc.decode("ascii"),
        method=request.method,
        status=None if response is None else response.status_code,
        seconds=time.perf_counter() - since,
    )
