"""One way to ask an HTTP API for JSON, and to say why it did not answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx

from vedette.errors import VedetteError

SECONDS = 5.0


class UnanswerableError(VedetteError):
    """A server could not be asked, or its answer was not what it should be."""


@dataclass(frozen=True, kw_only=True)
class Access:
    """How to reach a server.

    Args:
        username: For HTTP Basic; empty for none.
        password: For HTTP Basic.
        certificate: PEM file that its certificate is checked with; empty for the
            machine's own store.
        seconds: How long one answer may take.
    """

    username: str = ""
    password: str = ""
    certificate: str = ""
    seconds: float = SECONDS


class Server:
    """An HTTP server that speaks JSON.

    Args:
        name: What it is called in messages.
        url: Its base address.
        access: How to reach it.
    """

    def __init__(self, name: str, url: str, access: Access) -> None:
        self._name = name
        self._url = url.rstrip("/")
        verify: Any = True
        if access.certificate:
            import ssl

            verify = ssl.create_default_context(cafile=access.certificate)
            verify.check_hostname = False  # our own certificate, reached by address
        self._http = httpx.Client(
            base_url=self._url,
            auth=(access.username, access.password) if access.username else None,
            timeout=access.seconds,
            verify=verify,
            trust_env=False,  # a proxy does not know our loopback
        )

    def close(self) -> None:
        """Close its connections."""
        self._http.close()

    def json(self, path: str, parameters: Mapping[str, str | list[str]] | None = None) -> Any:
        """Return the JSON that GET `path` answers.

        Raises:
            UnanswerableError: no answer, an error, or something that is not JSON.
        """
        answer = self._get(path, parameters)
        try:
            return answer.json()
        except ValueError:
            kind = answer.headers.get("content-type", "no type")
            problem = f"{self._name} at {self._url} answered {path} with {kind} instead of JSON"
            raise UnanswerableError(problem, hint=f"is {self._url} really {self._name}?") from None

    def fine(self, path: str) -> bool:
        """Say whether GET `path` answers 200."""
        try:
            return self._http.get(path).status_code == httpx.codes.OK
        except httpx.HTTPError:
            return False

    def _get(self, path: str, parameters: Mapping[str, str | list[str]] | None) -> httpx.Response:
        try:
            answer = self._http.get(path, params=dict(parameters or {}))
        except httpx.TimeoutException:
            problem = f"{self._name} at {self._url} did not answer in time"
            raise UnanswerableError(problem, hint="is the machine overloaded?") from None
        except httpx.HTTPError as error:
            problem = f"{self._name} at {self._url} cannot be reached: {error}"
            raise UnanswerableError(problem, hint="`vedette status` shows what runs") from None
        if answer.is_success or _is_api_error(answer):
            return answer
        problem = f"{self._name} at {self._url} answered {path} with {answer.status_code}"
        wrong = answer.status_code in {401, 403}
        hint = "check `login:`" if wrong else f"is {self._url} really {self._name}?"
        raise UnanswerableError(problem, hint=hint)


def _is_api_error(answer: httpx.Response) -> bool:
    # Prometheus answers a bad query with 4xx and JSON that says why.
    kind = answer.headers.get("content-type", "")
    return answer.status_code in {400, 422} and kind.startswith("application/json")
