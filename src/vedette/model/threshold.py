"""A number that a user may change: the limit in an alert and on the panel beside it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from vedette.errors import DeclarationError, UsageError
from vedette.model.unit import humanise

_MARK = re.compile(r"@\{(?P<name>[a-z0-9_]+)(?P<human>\|[a-z]+)?\}")
_NAME = re.compile(r"[a-z][a-z0-9_]*\Z")


@dataclass(frozen=True, kw_only=True)
class Threshold:
    """A limit with a name, settable under `thresholds:` in vedette.yaml.

    It prints as a mark that `fill` replaces: `f"{UP} < {LIMIT}"`. Written as
    `f"{LIMIT:human}"` it becomes text for people, `500 ms` or `5 %`.

    Args:
        name: The key in vedette.yaml, snake_case, unique over all packs.
        default: The value when the user sets none, in `unit`.
        unit: Base unit (`seconds`, `ratio`, `bytes`, empty for counts).
        help: One sentence: what happens beyond it.
        source: Where the default comes from.
        minimum: Smallest value that makes sense.
        maximum: Largest value that makes sense.
    """

    name: str
    default: float
    unit: str = ""
    help: str
    source: str
    minimum: float = 0.0
    maximum: float = float("inf")

    def __post_init__(self) -> None:
        """Refuse a name that vedette.yaml could not hold, and a default out of range."""
        if not _NAME.match(self.name):
            problem = f"{self.name!r} is not a threshold name"
            raise DeclarationError(problem, hint="lower-case letters, digits and _")
        if not self.minimum <= self.default <= self.maximum:
            problem = f"default {self.default} of threshold {self.name!r} is out of its range"
            raise DeclarationError(problem, hint=f"{self.minimum} to {self.maximum}")

    def __str__(self) -> str:
        """Return the mark for the plain number."""
        return f"@{{{self.name}}}"

    def __format__(self, spec: str) -> str:
        """Return the mark; with `human`, the one that becomes text with a unit."""
        return f"@{{{self.name}|{self.unit or 'count'}}}" if spec == "human" else str(self)


def marks(text: str) -> frozenset[str]:
    """Return the names of the thresholds that a text refers to."""
    return frozenset(match["name"] for match in _MARK.finditer(text))


def fill(text: str, values: Mapping[str, float]) -> str:
    """Replace every threshold mark in `text` by its value.

    Args:
        text: An expression or a sentence with marks.
        values: Value per threshold name, in the threshold's own unit.

    Raises:
        UsageError: the text names a threshold that has no value.
    """

    def value(match: re.Match[str]) -> str:
        name = match["name"]
        if name not in values:
            problem = f"no value for threshold {name!r}"
            raise UsageError(problem, hint=f"known: {', '.join(sorted(values)) or 'none'}")
        if match["human"]:
            return humanise(values[name], match["human"].removeprefix("|"))
        return plain(values[name])

    return _MARK.sub(value, text)


def plain(value: float) -> str:
    """Write a number as PromQL and YAML read it, without a needless `.0`."""
    return str(int(value)) if float(value).is_integer() else repr(value)
