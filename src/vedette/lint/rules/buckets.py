"""Buckets that can tell something."""

import math
from collections.abc import Iterator
from itertools import pairwise

from vedette.exposition.nouns import Family
from vedette.lint.rule import Found, Rule, Scope

_ENOUGH = 20  # observations before their place means anything
_SHARE = 0.5

Key = tuple[tuple[str, str], ...]


def _check(family: Family, scope: Scope) -> Iterator[Found]:
    del scope
    if family.kind != "histogram":
        return
    counts: dict[Key, float] = {}
    buckets: dict[Key, list[tuple[float, float]]] = {}
    lines: dict[Key, int] = {}
    for sample in family.samples:
        key = tuple(sorted(pair for pair in sample.labels.items() if pair[0] != "le"))
        if sample.name.endswith("_bucket"):
            lines.setdefault(key, sample.line)
            bound = _bound(sample.labels.get("le", ""))
            buckets.setdefault(key, []).append((bound, sample.value))
        elif sample.name.endswith("_count"):
            counts[key] = sample.value
    for key, line in lines.items():
        found = _series(family.exposed, sorted(buckets[key]), counts.get(key))
        if found:
            yield found._replace(line=line)
            return


def _bound(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return math.nan


def _series(name: str, buckets: list[tuple[float, float]], count: float | None) -> Found | None:
    """Judge the buckets of one label set."""
    if fault := _fault(name, buckets, count):
        library = "let a client library count, or add each bucket to all that are larger"
        return Found(fault, library, "error")
    total = buckets[-1][1]
    below = buckets[-2][1] if len(buckets) > 1 else 0.0
    if total < _ENOUGH or total - below < _SHARE * total:
        return None
    last = f"{buckets[-2][0]:g}" if len(buckets) > 1 else "nothing"
    return Found(
        f"{total - below:,.0f} of {total:,.0f} observations of {name} lie beyond its last "
        f"bucket, {last}: no quantile tells more than that",
        "give it buckets around its real values; libraries' usual ones are made for seconds",
    )


def _fault(name: str, buckets: list[tuple[float, float]], count: float | None) -> str:
    bounds = [bound for bound, _ in buckets]
    total = buckets[-1][1]
    if any(math.isnan(bound) for bound in bounds):
        return f"a bucket of {name} has no number in `le`"
    if bounds[-1] != math.inf:
        return f'{name} has no bucket le="+Inf"'
    if any(low[1] > high[1] for low, high in pairwise(buckets)):
        return f"the buckets of {name} do not add up: a larger one has less"
    if count is not None and count != total:
        return f"{name}_count is {count:g}, but its largest bucket has {total:g}"
    return ""


RULE = Rule(
    title="The buckets of a histogram add up, and reach as far as its values.",
    check=_check,
    naming=False,
)
