"""Is a text an exposition, as Prometheus reads it? Pure."""

from dataclasses import dataclass

from vedette.exposition import read as layer
from vedette.exposition.guess import instead

_SHOWN = 60


@dataclass(frozen=True, kw_only=True)
class Exposition:
    """What a text exposes.

    Args:
        problem: Why it is no exposition; empty where it is one.
        names: Names of its metric families and of their samples.
        count: How many samples.
        stamps: The times that samples carry themselves, in seconds since 1970.
    """

    problem: str = ""
    names: frozenset[str] = frozenset()
    count: int = 0
    stamps: tuple[float, ...] = ()


def read(body: bytes, kind: str, *, whole: bool = True) -> Exposition:
    """Read what a target answered.

    Args:
        body: The text.
        kind: Its content type.
        whole: False where the end was cut off.
    """
    if other := instead(body, kind):
        return Exposition(problem=f"it answers {other}")
    found = layer.read(body, kind, whole=whole)
    for problem in found.problems:
        if problem.lost:
            line = body.decode("utf-8", errors="replace").split("\n")[problem.line - 1]
            shown = line if len(line) <= _SHOWN else f"{line[:_SHOWN]}..."
            place = f"line {problem.line} is {shown!r}"
            return Exposition(problem=f"it answers something else: {place}, and {problem.message}")
    samples = [sample for family in found.families.values() for sample in family.samples]
    stamps = tuple(sample.timestamp for sample in samples if sample.timestamp is not None)
    return Exposition(names=found.names, count=len(samples), stamps=stamps)
