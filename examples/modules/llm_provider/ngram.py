"""A language model that counts: which word follows the last few, in the text it has read."""

import random
import re
from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pydoc_data.topics import topics

_WORD = re.compile(r"\w+|[^\w\s]")
Context = tuple[str, ...]


@dataclass(frozen=True)
class Choices:
    """What follows a context: words, and the running sum of how often each does."""

    words: tuple[str, ...]
    sums: tuple[int, ...]

    def pick(self, chance: random.Random) -> str:
        """Return one of the words, the frequent ones more often."""
        return self.words[bisect(self.sums, chance.randrange(self.sums[-1]))]


def words(text: str) -> list[str]:
    """Return the words and signs of a text; each is a token of these models."""
    return _WORD.findall(text)


@cache
def manual(limit: int) -> tuple[str, ...]:
    """Return the first words of Python's own manual, as pydoc carries it.

    Args:
        limit: How many.
    """
    pages = " ".join(page for _, page in sorted(topics.items()))
    return tuple(words(pages)[:limit])


class Ngram:
    """A model of the last `order - 1` words; where they are unknown, of fewer.

    Args:
        text: What it reads.
        order: Words that it looks at, the next one included; at least 1.
    """

    def __init__(self, text: Sequence[str], order: int) -> None:
        self._contexts: list[dict[Context, Choices]] = []
        for length in range(order):
            counts: defaultdict[Context, Counter[str]] = defaultdict(Counter)
            for at in range(length, len(text)):
                counts[tuple(text[at - length : at])][text[at]] += 1
            self._contexts.append({seen: _choices(next_) for seen, next_ in counts.items()})

    def write(self, prompt: str, length: int, *, seed: int | None = None) -> str:
        """Go on from a prompt.

        Args:
            prompt: What to go on from.
            length: Words to write.
            seed: Makes the answer repeatable.
        """
        chance = random.Random(seed)
        written = words(prompt)
        start = len(written)
        for _ in range(length):
            written.append(self._next(written).pick(chance))
        return " ".join(written[start:])

    def _next(self, written: list[str]) -> Choices:
        for length in range(len(self._contexts) - 1, 0, -1):
            seen = tuple(written[-length:])
            if seen in self._contexts[length]:
                return self._contexts[length][seen]
        return self._contexts[0][()]


def _choices(counted: Counter[str]) -> Choices:
    return Choices(tuple(counted), tuple(accumulate(counted.values())))
