"""An address answers as it should."""

import re
import time
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

import httpx
from pydantic import AfterValidator, Field

from vedette.verify.outcome import BrokenPromiseError, Evidence, eventually
from vedette.verify.promise import Kind, Promise
from vedette.verify.system import System

_REQUEST = re.compile(r"(?P<method>GET|POST|PUT|PATCH|DELETE|HEAD) (?P<url>\S+)\Z")
_SECONDS = 10.0
Shape = Literal["string", "number", "boolean", "object", "array", "null", "any"]


def _request(text: str) -> str:
    if not _REQUEST.match(text):
        problem = f"{text!r} is no request: write GET {{module}}/path"
        raise ValueError(problem)
    return text


class EndpointPromise(Promise):
    """A request and what comes back."""

    endpoint: Annotated[str, AfterValidator(_request)] = Field(
        description="Method and address, as in `GET {serving}/health`."
    )
    body: Any = Field(default=None, description="Sent as JSON.")
    status: int = Field(default=200, description="The status code.")
    content_type: str = Field(default="", description="How the content type begins.")
    shape: Mapping[str, Shape] = Field(
        default_factory=dict, description="Type of each key of the JSON object that comes back."
    )
    contains: tuple[str, ...] = Field(default=(), description="Text that must be in the answer.")

    def words(self) -> str:
        """Return the request and its status."""
        return f"{self.endpoint} answers {self.status}"


def check(promise: EndpointPromise, system: System) -> Evidence:
    """Send the request and judge the answer."""
    match = _REQUEST.match(promise.endpoint)
    method, address = (match["method"], match["url"]) if match else ("GET", promise.endpoint)

    def answered() -> Evidence:
        started = time.perf_counter()
        answer = httpx.request(
            method, system.fill(address), json=promise.body, timeout=_SECONDS, trust_env=False
        )
        took = time.perf_counter() - started
        if wrong := next(_complaints(promise, answer), ""):
            seen = f"{wrong}: {answer.text[:200]!r}"
            raise BrokenPromiseError(seen)
        kind = answer.headers.get("content-type", "no content type").split(";")[0]
        size = len(answer.content)
        return Evidence(text=f"{answer.status_code}, {kind}, {size} bytes in {took * 1000:.0f} ms")

    return eventually(answered, promise.within)


def _complaints(promise: EndpointPromise, answer: httpx.Response) -> Iterator[str]:
    if answer.status_code != promise.status:
        yield f"answered {answer.status_code}, not {promise.status}"
    kind = answer.headers.get("content-type", "")
    if not kind.startswith(promise.content_type):
        yield f"content type {kind!r}, not {promise.content_type!r}"
    for text in promise.contains:
        if text not in answer.text:
            yield f"the answer lacks {text!r}"
    if promise.shape:
        yield from _misshapen(promise.shape, answer)


def _misshapen(shape: Mapping[str, Shape], answer: httpx.Response) -> Iterator[str]:
    try:
        told = answer.json()
    except ValueError:
        told = None
    if not isinstance(told, dict):
        yield "the answer is no JSON object"
        return
    for key, wanted in shape.items():
        if key not in told:
            yield f"the answer has no {key!r}"
        elif wanted not in {"any", _type(told[key])}:
            yield f"{key!r} is of type {_type(told[key])}, not {wanted}"


def _type(value: Any) -> Shape:
    # bool comes before number, for in Python it is one.
    types: tuple[tuple[Any, Shape], ...] = (
        (bool, "boolean"),
        ((int, float), "number"),
        (str, "string"),
        (dict, "object"),
        (list, "array"),
    )
    return next((name for kind, name in types if isinstance(value, kind)), "null")


KIND = Kind(
    summary="An address answers as it should.",
    promise=EndpointPromise,
    check=check,
)
