"""Where something exposes its metrics, as people write it; pure."""

import re
from dataclasses import dataclass
from typing import Literal, cast
from urllib.parse import SplitResult, urlsplit

from vedette.errors import UsageError

Scheme = Literal["http", "https"]
USUAL_PATH = "/metrics"
_PORTS = {"http": 80, "https": 443}
_LIKE = re.compile(r"(?:[0-9]+|\[[0-9a-fA-F:.]+\]:[0-9]+|[A-Za-z0-9_.-]+:[0-9]+)(?:/.*)?\Z")
_HINT = "write host:port, or http://host:port/metrics"


@dataclass(frozen=True, kw_only=True)
class Address:
    """Where metrics are exposed.

    Args:
        scheme: `http` or `https`.
        host: Name or IP address, without brackets.
        port: Its port.
        path: Starts with a slash.
        login: `user:password`; empty for none.
    """

    scheme: Scheme
    host: str
    port: int
    path: str
    login: str = ""

    @property
    def target(self) -> str:
        """`host:port`, as a plan file lists it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """The whole address, without a login."""
        return f"{self.scheme}://{self.target}{self.path}"

    @property
    def secret_url(self) -> str:
        """The whole address, to be asked and never to be shown."""
        login = f"{self.login}@" if self.login else ""
        return f"{self.scheme}://{login}{self.target}{self.path}"


def is_address(text: str) -> bool:
    """True for a text that means an address rather than a file."""
    return "://" in text or bool(_LIKE.match(text))


def parse(text: str) -> Address:
    """Read an address: `8000`, `host:8000`, `host:8000/path`, `http(s)://host/path`.

    Args:
        text: As it was typed; without a path the metrics are taken to be at `/metrics`.

    Raises:
        UsageError: it is none, with what to write instead.
    """
    given = text.strip()
    if given.isascii() and given.isdigit():
        given = f"127.0.0.1:{given}"
    if "://" not in given:
        given = f"http://{given}"
    try:
        parts = urlsplit(given)
        port = parts.port
    except ValueError as error:
        raise _refused(text, str(error)) from None
    _check(text, parts)
    scheme = cast("Scheme", parts.scheme)
    if port is None and "://" not in text:
        problem = f"{text!r} has no port"
        raise UsageError(problem, hint=f"write the port, too: {parts.hostname}:8000")
    return Address(
        scheme=scheme,
        host=(parts.hostname or ""),
        port=port if port is not None else _PORTS[scheme],
        path=parts.path if parts.path not in {"", "/"} else USUAL_PATH,
        login=parts.netloc.rpartition("@")[0],
    )


def _check(text: str, parts: SplitResult) -> None:
    if parts.scheme not in _PORTS:
        raise _refused(text, f"it starts with {parts.scheme}://")
    if not parts.hostname or parts.port == 0:
        raise _refused(text, "it names no host" if not parts.hostname else "0 is no port")
    if any(sign.isspace() or ord(sign) < ord(" ") for sign in text.strip()):
        raise _refused(text, "it holds a blank")
    if parts.query or parts.fragment:
        problem = f"{text!r} has a query; a scrape asks for a path alone"
        raise UsageError(problem, hint="expose the metrics at a path of their own")


def _refused(text: str, reason: str) -> UsageError:
    shown = text if "@" not in text else "the address"  # it may hold a password
    return UsageError(f"{shown} is no address of metrics: {reason}", hint=_HINT)
