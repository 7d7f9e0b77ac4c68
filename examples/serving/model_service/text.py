"""The text that the language model learns: Python's own manual, as pydoc carries it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pydoc_data.topics import topics

import numpy as np
import numpy.typing as npt

HELD_OUT = 0.1  # share of the topics that is never learnt, only judged
PLACEHOLDER = "\N{REPLACEMENT CHARACTER}"

Codes = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Corpus:
    """Text as numbers, one per character; a token of this model is a character.

    Args:
        alphabet: Every character that is known; the position is the number.
        training: What is learnt.
        validation: What is held back.
    """

    alphabet: str
    training: Codes
    validation: Codes

    def encode(self, text: str) -> Codes:
        """Return the number of each character; an unknown one becomes the placeholder."""
        return _encode(text, self.alphabet)

    def decode(self, codes: Sequence[int]) -> str:
        """Return the characters that the numbers stand for."""
        return "".join(self.alphabet[code] for code in codes)


@cache
def corpus(limit: int = 300_000) -> Corpus:
    """Return the manual, split by topic into what is learnt and what is held back.

    Args:
        limit: Characters to read at most.
    """
    pages = [page for _, page in sorted(topics.items())]
    every = round(1 / HELD_OUT)
    learnt = "".join(page for number, page in enumerate(pages) if number % every)[:limit]
    held = "".join(pages[::every])[: limit // every]
    alphabet = PLACEHOLDER + "".join(sorted(set(learnt)))
    return Corpus(alphabet, _encode(learnt, alphabet), _encode(held, alphabet))


def _encode(text: str, alphabet: str) -> Codes:
    numbers = {character: number for number, character in enumerate(alphabet)}
    return np.array([numbers.get(character, 0) for character in text], dtype=np.int64)
