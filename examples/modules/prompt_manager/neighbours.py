"""The modules that the prompt manager asks."""

from dataclasses import dataclass
from typing import Any

import httpx

from common.serve import CALLER

SECONDS = 10.0


class NeighbourError(Exception):
    """A module did not answer as it should.

    Args:
        module: Which.
        said: What it said instead.
    """

    def __init__(self, module: str, said: str) -> None:
        super().__init__(f"{module}: {said}")


@dataclass(frozen=True)
class Verdict:
    """What prompt security thinks.

    Args:
        passed: Whether a model may see it.
        types: Of the injections that were found.
    """

    passed: bool
    types: tuple[str, ...]


@dataclass(frozen=True)
class Completion:
    """What a provider wrote.

    Args:
        text: The words.
        model: Whose.
        tokens: Read and written.
        cost: In US dollars.
    """

    text: str
    model: str
    tokens: int
    cost: float


class Neighbours:
    """Prompt security and the LLM provider.

    Args:
        security: Base address of prompt security.
        provider: Base address of the LLM provider.
        client: Sends the requests.
    """

    def __init__(self, security: str, provider: str, client: httpx.Client | None = None) -> None:
        self._security = security
        self._provider = provider
        self._client = client or httpx.Client(timeout=SECONDS, trust_env=False)

    def validate(self, text: str) -> Verdict:
        """Have a prompt judged.

        Raises:
            NeighbourError: prompt security does not answer as it should.
        """
        told = self._post("prompt_security", f"{self._security}/validate", {"text": text})
        return Verdict(told["passed"], tuple(finding["type"] for finding in told["findings"]))

    def generate(self, prompt: str, provider: str, length: int) -> Completion:
        """Have a prompt answered.

        Raises:
            NeighbourError: the LLM provider does not answer as it should.
        """
        wish = {"prompt": prompt, "provider": provider, "length": length}
        told = self._post("llm_provider", f"{self._provider}/generate", wish)
        tokens = sum(told["tokens"].values())
        return Completion(told["text"], told["model"], tokens, told["cost"])

    def _post(self, module: str, url: str, wish: dict[str, object]) -> Any:
        try:
            answer = self._client.post(url, json=wish, headers={CALLER: "prompt_manager"})
        except httpx.HTTPError as fault:
            raise NeighbourError(module, type(fault).__name__) from fault
        if answer.is_error:
            raise NeighbourError(module, f"{answer.status_code} {answer.text[:200]}")
        return answer.json()
