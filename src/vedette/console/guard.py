"""What stands before every request: login, host names, sizes, and the headers of every answer."""

import base64
import binascii
import ipaddress
import json
import secrets
from collections.abc import Iterable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from vedette.console.config import Config, Credentials

MAX_BODY = 1_000_000
_POLICY = (
    "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none';"
    " frame-ancestors 'none'"
)
_HEADERS = (
    (b"content-security-policy", _POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
)
# Asked by the supervisor and by Prometheus, under whatever name they know.
_PROBES = {"/healthz", "/metrics", "/handover/metrics"}
_OPEN = {"/healthz"}
# Where a job may show the token of its stack in place of the login.
_HANDOVER = "/api/handover"


class Guard:
    """ASGI middleware; what it refuses never reaches the application.

    Args:
        app: The application.
        config: Who may open it, and under which names.
        token: What a job may show in place of a login; empty for none.
    """

    def __init__(self, app: ASGIApp, config: Config, token: str = "") -> None:
        self._app = app
        self._token = token.encode()
        self._login = config.login
        self._hosts = frozenset(host.lower() for host in config.hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse or pass on, and put the headers on the answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = {name.lower(): value for name, value in scope["headers"]}
        decorated = _decorate(send, scope["path"])
        refusal = self._refusal(scope["path"], headers)
        if refusal is not None:
            await _refuse(decorated, *refusal)
            return
        await self._app(scope, _limited(receive), decorated)

    def _refusal(self, path: str, headers: dict[bytes, bytes]) -> tuple[int, str, str] | None:
        given = headers.get(b"authorization", b"")
        if path == _HANDOVER and given[:7].lower() == b"bearer ":
            return self._of_job(given[7:], headers)
        host = headers.get(b"host", b"").decode("latin-1")
        if self._login is None and path not in _PROBES and not _trusted(host, self._hosts):
            hint = "open it by its address or as localhost, or start it with --host NAME"
            return 421, f"the console is not known as {host!r}", hint
        if self._login is not None and path not in _OPEN and not _admits(self._login, given):
            return 401, "the console asks for a name and a password", "they are in the plan's login"
        return _too_long(headers)

    def _of_job(self, token: bytes, headers: dict[bytes, bytes]) -> tuple[int, str, str] | None:
        if not self._token or not secrets.compare_digest(token.strip(), self._token):
            hint = "it stands in handover.json in the state folder of the stack"
            return 401, "this is not the token of this stack", hint
        return _too_long(headers)


def _trusted(host: str, known: Iterable[str]) -> bool:
    """True for names that a page elsewhere cannot point at this machine (DNS rebinding)."""
    name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
    name = name.strip("[]").lower()
    if name == "localhost" or name.endswith(".localhost") or name in known:
        return True
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _admits(login: Credentials, given: bytes) -> bool:
    scheme, _, encoded = given.partition(b" ")
    try:
        text = base64.b64decode(encoded, validate=True) if scheme.lower() == b"basic" else b""
    except (binascii.Error, ValueError):
        return False
    username, _, password = text.partition(b":")
    # Both are compared whatever the first says, each in constant time.
    right_name = secrets.compare_digest(username, login.username.encode())
    right_password = secrets.compare_digest(password, login.password.encode())
    return right_name and right_password


def _too_long(headers: dict[bytes, bytes]) -> tuple[int, str, str] | None:
    if _length(headers) > MAX_BODY:
        return 413, f"the request is longer than {MAX_BODY} bytes", "ask for less at once"
    return None


def _length(headers: dict[bytes, bytes]) -> int:
    text = headers.get(b"content-length", b"0")
    return int(text) if text.isdigit() else 0


def _limited(receive: Receive) -> Receive:
    """Cut off a body that is sent in pieces and grows beyond the limit."""
    seen = 0

    async def limited() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        return {"type": "http.disconnect"} if seen > MAX_BODY else message

    return limited


def _decorate(send: Send, path: str) -> Send:
    # Names of built files carry their content's hash; everything else is of this moment.
    lasting = path.startswith("/assets/")
    cache = b"public, max-age=31536000, immutable" if lasting else b"no-store"

    async def decorated(message: Message) -> None:
        if message["type"] == "http.response.start":
            kept = [row for row in message.get("headers", []) if row[0] != b"cache-control"]
            message = {**message, "headers": [*kept, *_HEADERS, (b"cache-control", cache)]}
        await send(message)

    return decorated


async def _refuse(send: Send, status: int, problem: str, hint: str) -> None:  # noqa: PLR0917 - one answer
    body = json.dumps({"problem": problem, "hint": hint}).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
    if status == 401:  # noqa: PLR2004 - HTTP's number
        headers.append((b"www-authenticate", b'Basic realm="Vedette", charset="UTF-8"'))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
