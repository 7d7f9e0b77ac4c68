"""Units in names: which are base units, and how to get there.

The words are those that Prometheus' own lint knows; see its documentation on naming,
https://prometheus.io/docs/practices/naming/#base-units.
"""

from collections.abc import Iterator
from dataclasses import dataclass

_BASE = (
    *("amperes", "bytes", "celsius", "grams", "joules", "kelvin"),
    *("meters", "metres", "seconds", "volts"),
)
# Unit -> base unit, and how many of those it is; None where it takes more than a factor.
_OTHER: dict[str, tuple[str, float | None]] = {
    "minutes": ("seconds", 60),
    "hours": ("seconds", 3600),
    "days": ("seconds", 86400),
    "weeks": ("seconds", 604800),
    "kelvins": ("kelvin", 1),
    "fahrenheit": ("celsius", None),
    "rankine": ("celsius", None),
    "inches": ("meters", 0.0254),
    "yards": ("meters", 0.9144),
    "miles": ("meters", 1609.344),
    "bits": ("bytes", 0.125),
    "calories": ("joules", 4.184),
    "pounds": ("grams", 453.59237),
    "ounces": ("grams", 28.349523125),
}
_PREFIXES = {
    "pico": 1e-12,
    "nano": 1e-9,
    "micro": 1e-6,
    "milli": 1e-3,
    "centi": 1e-2,
    "deci": 1e-1,
    "deca": 1e1,
    "hecto": 1e2,
    "kilo": 1e3,
    "kibi": 2.0**10,
    "mega": 1e6,
    "mibi": 2.0**20,
    "mebi": 2.0**20,
    "giga": 1e9,
    "gibi": 2.0**30,
    "tera": 1e12,
    "tebi": 2.0**40,
    "peta": 1e15,
    "pebi": 2.0**50,
}
_SHORT: dict[str, tuple[str, float | None]] = {
    "s": ("seconds", 1),
    "sec": ("seconds", 1),
    "ms": ("seconds", 1e-3),
    "us": ("seconds", 1e-6),
    "ns": ("seconds", 1e-9),
    "h": ("seconds", 3600),
    "d": ("seconds", 86400),
    "m": ("", None),  # minutes, metres or mega: only its author knows
    "b": ("bytes", 1),
    "kb": ("bytes", 1e3),
    "mb": ("bytes", 1e6),
    "gb": ("bytes", 1e9),
    "tb": ("bytes", 1e12),
    "pb": ("bytes", 1e15),
}
PERCENT = {"percent": "ratio", "percentage": "ratio", "perc": "ratio", "pct": "ratio"}


@dataclass(frozen=True, kw_only=True)
class Unit:
    """A unit that stands in a name.

    Args:
        word: As it is written there.
        base: The base unit; the same word where it is one, empty where nobody can tell.
        factor: How many base units one of it is; None where that is no factor.
        short: True where the word is an abbreviation.
    """

    word: str
    base: str
    factor: float | None = 1.0
    short: bool = False

    @property
    def conversion(self) -> str:
        """What to do with each value, for a hint; empty for a base unit."""
        if self.factor is None:
            return f"convert each value to {self.base}" if self.base else "give it a base unit"
        if self.factor == 1:
            return ""
        verb, number = ("multiply", self.factor) if self.factor > 1 else ("divide", 1 / self.factor)
        return f"{verb} each value by {round(number, 6):,.10g}"


def units(name: str) -> Iterator[Unit]:
    """Yield the units in a name, from left to right.

    Args:
        name: Of a metric, lower case.
    """
    for place, word in enumerate(name.split("_")):
        if word in _SHORT and place:
            base, factor = _SHORT[word]
            yield Unit(word=word, base=base, factor=factor, short=True)
        elif unit := _long(word):
            yield unit


def _long(word: str) -> Unit | None:
    for prefix, factor in (("", 1.0), *_PREFIXES.items()):
        rest = word.removeprefix(prefix)
        if not word.startswith(prefix):
            continue
        if rest in _BASE:
            return Unit(word=word, base=rest, factor=factor)
        if rest in _OTHER:
            base, size = _OTHER[rest]
            return Unit(word=word, base=base, factor=None if size is None else factor * size)
    return None
