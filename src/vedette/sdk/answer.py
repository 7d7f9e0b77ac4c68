"""What a scrape is answered with, whichever server it came through."""

import gzip
import hmac
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from vedette.sdk.monitor import Monitor

_METHODS = ("GET", "HEAD")
# Ten times quicker than the best level, for a fifth more bytes.
_LEVEL = 1
_log = logging.getLogger("vedette")


@dataclass(frozen=True, kw_only=True)
class Answer:
    """Status, headers and body of a response."""

    status: HTTPStatus
    headers: tuple[tuple[str, str], ...]
    body: bytes


class Scrapes:
    """Answers scrapes.

    Args:
        monitor: Whose series.
        token: What a scrape must show as `Authorization: Bearer …`; None where anybody may
            read.

    Raises:
        ValueError: the token is empty, which would be no protection.
    """

    def __init__(self, monitor: Monitor, *, token: str | None = None) -> None:
        if token is not None and not token.strip():
            problem = "the token for the metrics is empty; leave it out, or give one"
            raise ValueError(problem)
        self._monitor = monitor
        self._token = None if token is None else token.encode()

    def answer(self, method: str, headers: Mapping[str, str]) -> Answer:
        """Return the answer; it never raises, and takes long where there are many series.

        Args:
            method: As sent.
            headers: Those of the request, their names in small letters.
        """
        if not self._allows(headers.get("authorization", "")):
            return _words(
                HTTPStatus.UNAUTHORIZED,
                "these metrics are read with 'Authorization: Bearer <token>'",
                ("WWW-Authenticate", 'Bearer realm="metrics"'),
            )
        if method not in _METHODS:
            refusal = f"metrics are read, not changed: use {' or '.join(_METHODS)}"
            return _words(HTTPStatus.METHOD_NOT_ALLOWED, refusal, ("Allow", ", ".join(_METHODS)))
        try:
            return self._series(headers, with_body=method != "HEAD")
        except Exception as fault:  # noqa: BLE001 - a broken monitor never breaks the program
            _log.exception("vedette could not answer a scrape")
            return _words(
                HTTPStatus.INTERNAL_SERVER_ERROR, f"the metrics could not be written: {fault}"
            )

    def _allows(self, authorization: str) -> bool:
        if self._token is None:
            return True
        scheme, _, shown = authorization.partition(" ")
        # Both are always compared whole, so that the time tells nothing about the token.
        same = hmac.compare_digest(shown.strip().encode(errors="replace"), self._token)
        return same and scheme.lower() == "bearer"

    def _series(self, headers: Mapping[str, str], *, with_body: bool) -> Answer:
        exposition = self._monitor.expose(headers.get("accept", ""))
        told = [("Content-Type", exposition.content_type), ("Vary", "Accept, Accept-Encoding")]
        body = exposition.body
        if takes_gzip(headers.get("accept-encoding", "")):
            body = gzip.compress(body, _LEVEL)
            told.append(("Content-Encoding", "gzip"))
        told.append(("Content-Length", str(len(body))))
        return Answer(status=HTTPStatus.OK, headers=tuple(told), body=body if with_body else b"")


def takes_gzip(accepted: str) -> bool:
    """Say whether an Accept-Encoding header allows gzip; `gzip;q=0` forbids it."""
    for one in accepted.lower().split(","):
        name, *parameters = (part.strip() for part in one.split(";"))
        if name == "gzip":
            return not any(_zero(parameter) for parameter in parameters)
    return False


def _zero(parameter: str) -> bool:
    name, _, value = parameter.partition("=")
    return name.strip() == "q" and not value.strip().strip("0.")


def _words(status: HTTPStatus, message: str, *headers: tuple[str, str]) -> Answer:
    body = f"{message}\n".encode()
    told = ("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(body)))
    return Answer(status=status, headers=(*told, *headers), body=body)
