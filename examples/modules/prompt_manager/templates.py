"""Prompts with gaps, as in `Explain {{topic}} to a {{reader}}`."""

import re
from collections import OrderedDict
from collections.abc import Hashable, Mapping
from threading import Lock
from typing import Generic, TypeVar

_GAP = re.compile(r"\{\{\s*([a-zA-Z_]\w*)\s*\}\}")

V = TypeVar("V")


class GapError(Exception):
    """A gap that nothing was given for, or something for a gap that is none."""


def gaps(text: str) -> tuple[str, ...]:
    """Return the names of a prompt's gaps, in their order."""
    return tuple(dict.fromkeys(_GAP.findall(text)))


def render(text: str, values: Mapping[str, str]) -> str:
    """Return a prompt with its gaps filled.

    Args:
        text: The prompt.
        values: What stands in each gap; it is not looked at for further gaps.

    Raises:
        GapError: a gap is not filled, or there is none of that name.
    """
    wanted = gaps(text)
    if missing := [name for name in wanted if name not in values]:
        problem = f"nothing was given for {', '.join(missing)}"
        raise GapError(problem)
    if unknown := sorted(set(values) - set(wanted)):
        problem = f"the prompt has no {', '.join(unknown)}; it has {', '.join(wanted) or 'no gaps'}"
        raise GapError(problem)
    return _GAP.sub(lambda gap: values[gap[1]], text)


class Recent(Generic[V]):
    """Remembers what was asked for last; forgets what was not for longest.

    Args:
        size: How much it remembers.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._known: OrderedDict[Hashable, V] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable) -> V | None:
        """Return what is remembered; None where nothing is."""
        with self._lock:
            if key in self._known:
                self._known.move_to_end(key)
            return self._known.get(key)

    def put(self, key: Hashable, value: V) -> None:
        """Remember something."""
        with self._lock:
            self._known[key] = value
            self._known.move_to_end(key)
            if len(self._known) > self._size:
                self._known.popitem(last=False)
