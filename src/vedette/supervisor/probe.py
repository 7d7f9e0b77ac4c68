"""Ask a program over HTTP whether it is ready, with nothing but asyncio.

An HTTP library would be half of the supervisor's memory.
"""

import asyncio
import contextlib
import ssl
from dataclasses import dataclass
from urllib.parse import urlsplit

_OK = 200
_REDIRECT = 300
_TIMEOUT_SECONDS = 2.0
_MOST_BYTES = 2000
_REASON_SECONDS = 0.5


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a program said.

    Args:
        status: HTTP status; 0 where there was no answer.
        text: Reason, or the beginning of the body, for a person.
    """

    status: int = 0
    text: str = ""

    @property
    def fine(self) -> bool:
        """True for 200 to 299."""
        return _OK <= self.status < _REDIRECT

    def __str__(self) -> str:
        """Say it in a few words."""
        if not self.status:
            return self.text
        return f"it answered {self.status}" + (f": {self.text}" if self.text else "")


@dataclass(frozen=True, kw_only=True)
class Probe:
    """How to speak to the programs of one stack.

    Args:
        authorization: Value of the Authorization header; empty for none.
        certificate: PEM file that checks the certificates; empty where only HTTP is used.
        timeout: Seconds for one request.
    """

    authorization: str = ""
    certificate: str = ""
    timeout: float = _TIMEOUT_SECONDS

    async def ask(self, url: str, method: str = "GET") -> Answer:
        """Send one request; trouble is an answer too, never an exception."""
        try:
            async with asyncio.timeout(self.timeout):
                return await self._ask(url, method)
        except TimeoutError:
            return Answer(text=f"no answer from {url} within {self.timeout:g} s")
        except ConnectionRefusedError:
            return Answer(text=f"nothing listens at {url}")
        except (OSError, ValueError, asyncio.IncompleteReadError) as error:
            return Answer(text=f"{url}: {error}")

    async def _ask(self, url: str, method: str) -> Answer:
        parts = urlsplit(url)
        secure = self._tls() if parts.scheme == "https" else None
        port = parts.port or (443 if secure else 80)
        reader, writer = await asyncio.open_connection(parts.hostname, port, ssl=secure)
        try:
            writer.write(self._request(parts.netloc, parts.path or "/", method))
            await writer.drain()
            line = await reader.readline()
            body = b"" if _answer(line, b"").fine else await _rest(reader)
        finally:
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()
        return _answer(line, body)

    def _request(self, host: str, path: str, method: str) -> bytes:
        lines = [f"{method} {path} HTTP/1.1", f"Host: {host}", "Connection: close"]
        if method == "POST":
            lines.append("Content-Length: 0")
        if self.authorization:
            lines.append(f"Authorization: {self.authorization}")
        return "\r\n".join([*lines, "", ""]).encode()

    def _tls(self) -> ssl.SSLContext:
        context = ssl.create_default_context(cafile=self.certificate or None)
        context.check_hostname = False  # it is our own certificate, reached by address
        return context


async def _rest(reader: asyncio.StreamReader) -> bytes:
    """Read what comes soon: a reason is worth little waiting."""
    body = b""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(_REASON_SECONDS):
            while len(body) < _MOST_BYTES and (chunk := await reader.read(_MOST_BYTES)):
                body += chunk
    return body


def _answer(line: bytes, body: bytes) -> Answer:
    words = line.decode("latin-1").split(None, 2)
    if len(words) < 2 or not words[1].isdigit():  # noqa: PLR2004 - version and status
        return Answer(text="it does not speak HTTP")
    text = (b"\r\n" + body).partition(b"\r\n\r\n")[2].decode(errors="replace").strip()
    return Answer(status=int(words[1]), text=" ".join(text.split())[:200])
