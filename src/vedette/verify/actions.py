"""Deeds that break and mend: a request, or a signal to a program."""

import re
import signal
from collections.abc import Callable

import httpx

from vedette.errors import UsageError
from vedette.process.living import send_group
from vedette.verify.outcome import BrokenPromiseError
from vedette.verify.system import System

_REQUEST = re.compile(r"(?P<method>GET|POST|PUT|PATCH|DELETE) (?P<url>\S+)\Z")
_SIGNAL = re.compile(r"(?P<verb>freeze|thaw|kill) (?P<program>[\w-]+)\Z")
_SIGNALS = {
    "freeze": signal.SIGSTOP,
    "thaw": signal.SIGCONT,
    "kill": signal.SIGKILL,
}
_SECONDS = 10.0


def check(text: str) -> str:
    """Return a deed as it is written, if it is one.

    Raises:
        ValueError: it is none.
    """
    if not (_REQUEST.match(text) or _SIGNAL.match(text)):
        problem = f"{text!r} is no deed: write POST {{module}}/path, freeze, thaw or kill PROGRAM"
        raise ValueError(problem)
    return text


def check_optional(text: str) -> str:
    """Return a deed as it is written, or nothing where there is none.

    Raises:
        ValueError: it is none.
    """
    return check(text) if text else text


def deed(text: str, system: System) -> Callable[[], None]:
    """Return a function that does it.

    Args:
        text: `POST {serving}/break/slow-model`, `freeze node_exporter`.
        system: To whom.

    Raises:
        UsageError: the text is no deed.
    """
    if match := _REQUEST.match(text):
        method, url = match["method"], match["url"]
        return lambda: _request(method, system.fill(url))
    if match := _SIGNAL.match(text):
        program, number = match["program"], _SIGNALS[match["verb"]]
        return lambda: _signal(system, program, number)
    problem = f"{text!r} is no deed"
    raise UsageError(problem, hint="write POST {module}/path, freeze, thaw or kill PROGRAM")


def opposite(text: str) -> str:
    """Return the deed that undoes one: thaw for freeze, DELETE for POST."""
    if text.startswith("freeze "):
        return text.replace("freeze", "thaw", 1)
    if text.startswith("POST "):
        return text.replace("POST", "DELETE", 1)
    return ""


def _request(method: str, url: str) -> None:
    try:
        answer = httpx.request(method, url, timeout=_SECONDS, trust_env=False)
    except httpx.RemoteProtocolError:
        return  # it died before it could answer, as it was asked to
    if answer.is_error:
        seen = f"{method} {url} answered {answer.status_code}: {answer.text[:200]}"
        raise BrokenPromiseError(seen)


def _signal(system: System, program: str, number: signal.Signals) -> None:
    pid = system.program(program)["pid"]
    if not pid or not send_group(int(pid), number):
        seen = f"{program} has no process to send {number.name} to"
        raise BrokenPromiseError(seen)
