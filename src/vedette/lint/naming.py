"""The name that a metric should have."""

import re

from vedette.exposition.nouns import Family, Kind
from vedette.lint.units import PERCENT, units

CAMEL = re.compile(r"[a-z][A-Z]")
TYPES = ("counter", "gauge", "summary", "histogram")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_FOREIGN = re.compile(r"[^a-zA-Z0-9_]+")
_HISTOGRAMS = frozenset({"histogram", "gaugehistogram"})
# What the parts of some kinds are called, and which kinds those are.
PARTS = {
    "_bucket": _HISTOGRAMS,
    "_count": _HISTOGRAMS | {"summary"},
    "_sum": _HISTOGRAMS | {"summary"},
}


def snake(name: str) -> str:
    """Return a name in snake_case."""
    return re.sub(r"_+", "_", _HUMP.sub("_", _FOREIGN.sub("_", name)).lower()).strip("_")


def better(name: str, kind: Kind) -> str:
    """Return the name that breaks no rule; the same where it breaks none.

    Args:
        name: As queries write it.
        kind: What its samples mean.
    """
    good = snake(name)
    bases = {unit.word: unit.base or unit.word for unit in units(good)}
    words = [PERCENT.get(word, bases.get(word, word)) for word in good.split("_")]
    kept = [word for word in words if word not in TYPES] or words
    good = "_".join(word for at, word in enumerate(kept) if at == 0 or kept[at - 1] != word)
    if kind == "untyped":
        return good
    for part, owners in PARTS.items():
        good = good if kind in owners else good.removesuffix(part)
    good = good.removesuffix("_total")
    if kind != "gauge" and good.endswith("_timestamp_seconds"):
        good = f"{good.removesuffix('_timestamp_seconds')}_seconds"
    return f"{good}_total" if kind == "counter" else good


def rename(family: Family, *more: str) -> str:
    """Return the hint that tells the better name.

    Args:
        family: The metric.
        more: What else is to be done; empty texts are left out.
    """
    good = better(family.exposed, family.kind)
    first = "choose another name" if good == family.exposed else f"rename it to {good}"
    return " and ".join([first, *(text for text in more if text)])
