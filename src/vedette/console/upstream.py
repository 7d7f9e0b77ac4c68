"""Prometheus and Alertmanager as the console asks them: bounded, patient, and never trusted."""

import asyncio
import json
import ssl
import time
from collections.abc import Mapping
from typing import Any

import httpx

from vedette.console.config import Config
from vedette.console.instruments import Instruments
from vedette.console.problems import UpstreamError

MAX_ANSWER = 64_000_000
_AT_ONCE = 8
_REFUSED = range(400, 500)
Params = Mapping[str, str | list[str]]


class Upstream:
    """One server that the console reads from.

    Args:
        title: Its name for people.
        base: Its address.
        config: Time limits and login.
        instruments: Count its answers.
    """

    def __init__(self, title: str, base: str, config: Config, instruments: Instruments) -> None:  # noqa: PLR0917 - four parts
        self.title = title
        self.base = base.rstrip("/")
        # An address may carry a name and a password; nobody is told those.
        self.shown = str(httpx.URL(self.base).copy_with(userinfo=b""))
        self._instruments = instruments
        self._at_once = asyncio.Semaphore(_AT_ONCE)
        login = config.upstream_login
        self.client = httpx.AsyncClient(
            base_url=self.base,
            auth=(login.username, login.password) if login else None,
            verify=_trust(config) if self.base.startswith("https") else False,
            timeout=httpx.Timeout(config.answer_seconds, connect=config.connect_seconds),
            trust_env=False,
            limits=httpx.Limits(max_connections=2 * _AT_ONCE, max_keepalive_connections=_AT_ONCE),
        )

    async def close(self) -> None:
        """Close its connections."""
        await self.client.aclose()

    async def raw(self, path: str, params: Params | None = None, *, post: bool = False) -> bytes:
        """Return a JSON answer as it came.

        Args:
            path: Below the base address.
            params: Query parameters, or the form of a POST.
            post: True where the parameters may be too long for an address.

        Raises:
            UpstreamError: it does not answer, is too slow, refuses, or is no JSON.
        """
        started = time.perf_counter()
        outcome = "error"
        try:
            async with self._at_once:
                body = await self._ask(path, params, post=post)
            outcome = "ok"
        except httpx.HTTPError as error:
            raise self.problem(error) from None
        finally:
            self._instruments.upstream(self.title, outcome, time.perf_counter() - started)
        return body

    async def json(self, path: str, params: Params | None = None) -> Any:
        """Return a JSON answer, decoded; of Prometheus the part under `data`.

        Raises:
            UpstreamError: as `raw`.
        """
        try:
            value = json.loads(await self.raw(path, params))
        except ValueError:
            strange = self._strange("broken JSON")
            raise strange from None
        return value["data"] if isinstance(value, dict) and "data" in value else value

    def problem(self, error: httpx.HTTPError) -> UpstreamError:
        """Return a failure to reach it as one for people."""
        if isinstance(error, httpx.TimeoutException):
            text = f"{self.title} at {self.shown} does not answer in time"
            return UpstreamError(504, text, hint="ask for a shorter range, or look at its log")
        text = f"{self.title} does not answer at {self.shown}"
        return UpstreamError(502, text, hint="is it running? `vedette status` tells")

    async def _ask(self, path: str, params: Params | None, *, post: bool) -> bytes:
        request = self.client.build_request(
            "POST" if post else "GET",
            path,
            params=None if post else params,
            data=params if post else None,
        )
        response = await self.client.send(request, stream=True)
        try:
            body = bytearray()
            async for piece in response.aiter_bytes():
                body += piece
                if len(body) > MAX_ANSWER:
                    text = f"{self.title}'s answer is longer than {MAX_ANSWER:,} bytes"
                    raise UpstreamError(502, text, hint="ask for fewer series")
        finally:
            await response.aclose()
        self._judge(response, bytes(body))
        return bytes(body)

    def _judge(self, response: httpx.Response, body: bytes) -> None:
        kind = response.headers.get("content-type", "nothing").split(";")[0]
        if response.status_code == 401:  # noqa: PLR2004 - HTTP's number
            text = f"{self.title} at {self.shown} refuses the console's login"
            raise UpstreamError(502, text, hint="is its login the plan's?")
        if kind != "application/json":
            strange = self._strange(f"{kind} (status {response.status_code})")
            raise strange
        if response.is_success:
            return
        try:
            said = json.loads(body)
            fields = said if isinstance(said, dict) else {"error": said}
            text = str(fields.get("error") or fields.get("message") or "it gave no reason")
        except ValueError:
            strange = self._strange("broken JSON")
            raise strange from None
        status = 400 if response.status_code in _REFUSED else 502
        raise UpstreamError(status, text, hint=f"{self.title} refused it with these words")

    def _strange(self, what: str) -> UpstreamError:
        text = f"{self.shown} answers with {what}, not as {self.title} does"
        return UpstreamError(502, text, hint=f"is {self.title} at that address?")


def _trust(config: Config) -> ssl.SSLContext:
    if config.upstream_ca is None:
        return ssl.create_default_context()
    context = ssl.create_default_context(cafile=str(config.upstream_ca))
    # The plan's own certificate vouches; it names the outside address, we ask at the inside one.
    context.check_hostname = False
    return context
