"""Ask a target as Prometheus would, and say precisely why that failed."""

import socket
import ssl
import time
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Literal

import httpx

ACCEPT = "text/plain;version=0.0.4;q=1,*/*;q=0.1"
_GRACE_SECONDS = 0.5  # of the asking itself to give up in order
BODY_LIMIT = 32 << 20  # bytes; a target with more is too large to be judged here

Kind = Literal[
    "refused",
    "timeout",
    "unknown-host",
    "unreachable",
    "redirects",
    "tls",
    "broken-off",
    "not-http",
]


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a server answered.

    Args:
        status: HTTP status.
        kind: Content type, lower case.
        date: Its `Date` header; empty where it has none.
        body: The body, decoded from any compression.
        whole: False where the body was cut at the limit.
        url: Who answered in the end; another address than the one asked after a redirect.
    """

    status: int
    kind: str
    date: str
    body: bytes
    whole: bool = True
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class Trouble:
    """Why there is no answer.

    Args:
        kind: What went wrong.
        detail: In the system's own words.
    """

    kind: Kind
    detail: str


@dataclass(frozen=True, kw_only=True)
class Question:
    """What is asked.

    Args:
        url: The address.
        seconds: How long the whole answer may take.
        username: For HTTP Basic; empty for none.
        password: For HTTP Basic.
        verify: False takes any certificate.
    """

    url: str
    seconds: float = 5.0
    username: str = ""
    password: str = ""
    verify: bool = True


def fetch(question: Question) -> Answer | Trouble:
    """Ask; trouble is a result, never an exception.

    The time that a question allows is kept whatever the server does, also one that lets its
    headers drip: the asking is left behind then, and ends by itself.
    """
    results: SimpleQueue[Answer | Trouble] = SimpleQueue()
    Thread(target=lambda: results.put(_outcome(question)), daemon=True).start()
    try:
        return results.get(timeout=question.seconds + _GRACE_SECONDS)
    except Empty:
        return _late(question)


def _outcome(question: Question) -> Answer | Trouble:
    try:
        return _ask(question)
    except (httpx.TimeoutException, TimeoutError):
        return _late(question)
    except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
        return _trouble(error)


def _late(question: Question) -> Trouble:
    return Trouble(kind="timeout", detail=f"no answer within {question.seconds:g} s")


def _ask(question: Question) -> Answer:
    context = ssl.create_default_context()  # the machine's store, as Prometheus
    if not question.verify:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    deadline = time.monotonic() + question.seconds
    client = httpx.Client(
        timeout=question.seconds,
        verify=context,
        trust_env=False,
        follow_redirects=True,
        auth=(question.username, question.password) if question.username else None,
    )
    with client, client.stream("GET", question.url, headers={"Accept": ACCEPT}) as answer:
        parts, size = [], 0
        for part in answer.iter_bytes():
            if time.monotonic() > deadline:
                raise TimeoutError
            parts.append(part)
            size += len(part)
            if size > BODY_LIMIT:
                break
        return Answer(
            status=answer.status_code,
            kind=answer.headers.get("content-type", "").lower(),
            date=answer.headers.get("date", ""),
            body=b"".join(parts)[:BODY_LIMIT],
            whole=size <= BODY_LIMIT,
            url=str(answer.url),
        )


def _trouble(error: Exception) -> Trouble:
    causes = [error]
    while (cause := causes[-1].__cause__ or causes[-1].__context__) and cause not in causes:
        causes.append(cause)  # type: ignore[arg-type]
    for kind, type_ in _CAUSES:
        for cause in causes:
            if isinstance(cause, type_):
                return Trouble(kind=kind, detail=_words(cause))
    broken = _BROKEN in str(error)
    return Trouble(kind="broken-off" if broken else "not-http", detail=_words(error))


# What httpx says of an answer that began as HTTP and ended before its length.
_BROKEN = "without sending complete message body"
# In this order: each later one is a wider kind of the earlier.
_CAUSES: tuple[tuple[Kind, type[BaseException]], ...] = (
    ("redirects", httpx.TooManyRedirects),
    ("refused", ConnectionRefusedError),
    ("unknown-host", socket.gaierror),
    ("unknown-host", UnicodeError),
    ("tls", ssl.SSLError),
    ("unreachable", httpx.ConnectError),
)


def _words(error: BaseException) -> str:
    reason = getattr(error, "verify_message", "") or getattr(error, "strerror", "") or str(error)
    return str(reason) or type(error).__name__
