"""A read-only way to Prometheus and Alertmanager: only what is listed, streamed as it comes."""

import re
from collections.abc import AsyncIterator

import httpx
from fastapi import Request
from fastapi.responses import StreamingResponse

from vedette.console.problems import RequestError
from vedette.console.upstream import Upstream

_LABEL = r"[a-zA-Z_][a-zA-Z0-9_]*"
PROMETHEUS = re.compile(
    rf"api/v1/(query|query_range|series|labels|label/{_LABEL}/values|metadata|targets"
    r"|targets/metadata|rules|alerts|status/buildinfo|format_query|query_exemplars)\Z"
)
ALERTMANAGER = re.compile(r"api/v2/(alerts|alerts/groups|silences|receivers|status)\Z")
# A long expression may be posted as a form; Prometheus reads the same parameters there.
_POSTED = re.compile(r"api/v1/(query|query_range|series|labels|format_query|query_exemplars)\Z")
_LONGEST = 64_000
_PASSED = ("content-type", "content-encoding")


async def passed(
    request: Request, upstream: Upstream, path: str, *, allowed: re.Pattern[str]
) -> StreamingResponse:
    """Pass a request on and its answer back.

    Args:
        request: Its parameters or form are sent on, its headers are not.
        upstream: Who is asked.
        path: Below the upstream's address.
        allowed: What may be asked for.

    Raises:
        RequestError: the path is not listed, or the request is too long.
        UpstreamError: it does not answer.
    """
    form = request.method == "POST"
    if not (_POSTED if form else allowed).match(path):
        hint = (
            "the console reads: queries, series, labels, metadata, targets, rules, alerts, status"
        )
        raise RequestError(403, f"{request.method} /{path} is not passed on", hint=hint)
    body = await request.body() if form else b""
    if len(body) + len(request.url.query) > _LONGEST:
        problem = f"the query is longer than {_LONGEST} bytes"
        raise RequestError(413, problem, hint="shorten the expression")
    headers = {"accept-encoding": request.headers.get("accept-encoding", "identity")}
    if form:
        headers["content-type"] = "application/x-www-form-urlencoded"
    asked = upstream.client.build_request(
        request.method, f"/{path}?{request.url.query}", content=body or None, headers=headers
    )
    try:
        response = await upstream.client.send(asked, stream=True)
    except httpx.HTTPError as error:
        raise upstream.problem(error) from None
    kept = {name: response.headers[name] for name in _PASSED if name in response.headers}
    return StreamingResponse(_pieces(response), status_code=response.status_code, headers=kept)


async def _pieces(response: httpx.Response) -> AsyncIterator[bytes]:
    try:
        # Raw: what came compressed goes on compressed.
        async for piece in response.aiter_raw():
            yield piece
    finally:
        await response.aclose()
