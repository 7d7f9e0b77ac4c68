"""What an exposition is made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Kind = Literal[
    "counter",
    "gauge",
    "histogram",
    "summary",
    "untyped",
    "info",
    "stateset",
    "gaugehistogram",
]
Format = Literal["text", "openmetrics"]


class Exemplar(NamedTuple):
    """One event behind a sample.

    Args:
        labels: What names the event, as its `trace_id`.
        value: What was measured.
        timestamp: When, in seconds since 1970; None where it does not say.
    """

    labels: Mapping[str, str]
    value: float
    timestamp: float | None = None


class Sample(NamedTuple):
    """One line with a value.

    Args:
        name: Name of the series, with the suffix of its part: `x_seconds_bucket`.
        labels: Labels in the order of the line.
        value: The value; may be infinite or no number.
        timestamp: In seconds since 1970; None where the scrape gives it one.
        exemplar: Of OpenMetrics' buckets and counters.
        line: From 1.
    """

    name: str
    labels: Mapping[str, str]
    value: float
    timestamp: float | None
    exemplar: Exemplar | None
    line: int


@dataclass(kw_only=True)
class Family:
    """One metric with all its samples.

    Args:
        name: As its comments write it; OpenMetrics leaves out a counter's `_total`.
        format: How it was written.
        kind: What the samples mean; `untyped` where nothing says.
        unit: OpenMetrics' unit; empty for none.
        help: What it measures; None where no line says.
        line: Where it stands first, from 1.
        samples: In the order of the text.
    """

    name: str
    format: Format = "text"
    kind: Kind = "untyped"
    unit: str = ""
    help: str | None = None
    line: int = 0
    samples: list[Sample] = field(default_factory=list)

    @property
    def exposed(self) -> str:
        """The name as the text format and queries write it: a counter's with `_total`."""
        if self.format == "openmetrics":
            if self.kind == "counter":
                return f"{self.name}_total"
            if self.kind == "info":
                return f"{self.name}_info"
        return self.name


class Problem(NamedTuple):
    """What the format forbids, and where.

    Args:
        line: From 1.
        column: From 1, in characters.
        message: What is wrong, in one sentence without its end.
        lost: True where the line could not be read and was left out.
    """

    line: int
    column: int
    message: str
    lost: bool = True


@dataclass(frozen=True, kw_only=True)
class Exposition:
    """Everything that a text exposes.

    Args:
        format: How it is written.
        families: By name, in the order of the text.
        problems: What the format forbids, in the order of the text.
    """

    format: Format
    families: Mapping[str, Family]
    problems: tuple[Problem, ...] = ()

    @property
    def names(self) -> frozenset[str]:
        """Names of all families (as queries write them) and of all series."""
        series = {sample.name for each in self.families.values() for sample in each.samples}
        return frozenset(series | {each.exposed for each in self.families.values()})

    @property
    def count(self) -> int:
        """How many samples there are."""
        return sum(len(each.samples) for each in self.families.values())
