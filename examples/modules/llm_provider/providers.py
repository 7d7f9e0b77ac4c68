"""Who generates text: three configurations of a small model, each with its price."""

import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass

from llm_provider.ngram import Ngram, manual, words

THOUSAND = 1000
SLOW_SECONDS = 2.0
# They have read the manual of the Python that runs them.
MODEL_VERSION = f"{sys.version_info.major}.{sys.version_info.minor}"


class UnknownProviderError(Exception):
    """There is no provider of that name."""


class NotLoadedError(Exception):
    """The provider's model is not in memory."""


class TooLongError(Exception):
    """The prompt is longer than the model can take."""


@dataclass(frozen=True, kw_only=True)
class Offer:
    """What a provider offers.

    Args:
        model: Its model's name.
        order: Words that the model looks at.
        reads: Words of the manual that it has read.
        context: Words of a prompt that it takes.
        read_price: US dollars for a thousand tokens of prompt.
        write_price: US dollars for a thousand tokens of answer.
    """

    model: str
    order: int
    reads: int
    context: int
    read_price: float
    write_price: float


OFFERS: Mapping[str, Offer] = {
    "pocket": Offer(
        model="bigram", order=2, reads=20_000, context=200, read_price=0.0002, write_price=0.0004
    ),
    "library": Offer(
        model="trigram", order=3, reads=60_000, context=500, read_price=0.001, write_price=0.002
    ),
    "archive": Offer(
        model="fivegram", order=5, reads=100_000, context=1000, read_price=0.005, write_price=0.015
    ),
}


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What was generated.

    Args:
        text: The words.
        prompt_tokens: Words of the prompt.
        completion_tokens: Words of the answer.
        cost: In US dollars.
    """

    text: str
    prompt_tokens: int
    completion_tokens: int
    cost: float


class Provider:
    """One provider; its model is made when it is loaded.

    Args:
        offer: What it offers.
    """

    def __init__(self, offer: Offer) -> None:
        self.offer = offer
        self.slow = False
        self._model: Ngram | None = None
        self.load()

    @property
    def loaded(self) -> bool:
        """Whether it can answer."""
        return self._model is not None

    def load(self) -> None:
        """Let the model read what it is to know."""
        self._model = Ngram(manual(self.offer.reads), self.offer.order)

    def unload(self) -> None:
        """Drop the model from memory."""
        self._model = None

    def generate(self, prompt: str, length: int, *, seed: int | None = None) -> Answer:
        """Go on from a prompt.

        Args:
            prompt: What to go on from.
            length: Words to write.
            seed: Makes the answer repeatable.

        Raises:
            NotLoadedError: its model is not in memory.
            TooLongError: the prompt has more words than it takes.
        """
        model, given = self._model, len(words(prompt))
        if model is None:
            problem = f"the model {self.offer.model!r} is not loaded"
            raise NotLoadedError(problem)
        if given > self.offer.context:
            problem = f"the prompt has {given} words, {self.offer.model} takes {self.offer.context}"
            raise TooLongError(problem)
        if self.slow:
            time.sleep(SLOW_SECONDS)
        text = model.write(prompt, length, seed=seed)
        spent = given * self.offer.read_price + length * self.offer.write_price
        return Answer(
            text=text, prompt_tokens=given, completion_tokens=length, cost=spent / THOUSAND
        )


def find(name: str, providers: Mapping[str, Provider]) -> Provider:
    """Return a provider.

    Raises:
        UnknownProviderError: there is none of that name.
    """
    if name not in providers:
        problem = f"there is no provider {name!r}; there are {', '.join(providers)}"
        raise UnknownProviderError(problem)
    return providers[name]
