"""An alert: a question, how long it must hold, and what to do when it does."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from vedette.errors import DeclarationError

Severity = Literal["page", "ticket", "info"]
_DURATION = re.compile(r"(\d+(ms|s|m|h|d|w|y))+\Z|0\Z")


@dataclass(frozen=True, kw_only=True)
class Alert:
    """Page for symptoms, ticket for causes; every alert says what to do.

    Args:
        name: CamelCase, unique over all packs.
        expr: PromQL; metrics and thresholds stand in it by their Python names.
        hold: How long the expression must hold before the alert fires (`for`).
        keep: How long it goes on firing after the expression stopped (`keep_firing_for`).
        severity: Who is told: a person now, a person in working hours, a log.
        summary: One line with the labels that say where.
        description: The value (rounded, with its unit) and the limit.
        runbook: Markdown: what it means, how to look, what to do.
        labels: Extra labels.
        always: Why an expression that is always true is meant to be (Watchdog).
    """

    name: str
    expr: str
    hold: str = "0s"
    keep: str = ""
    severity: Severity
    summary: str
    description: str
    runbook: str
    labels: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    always: str = ""

    def __post_init__(self) -> None:
        """Refuse durations that Prometheus would refuse."""
        for duration in (self.hold, self.keep):
            if duration and not _DURATION.match(duration):
                problem = f"alert {self.name}: {duration!r} is not a duration"
                raise DeclarationError(problem, hint="write it as Prometheus does: 30s, 5m, 1h30m")


@dataclass(frozen=True, kw_only=True)
class RecordingRule:
    """A costly or shared expression, computed once.

    Args:
        name: `level:metric:operations`.
        expr: PromQL.
        help: One sentence: what it is for.
        labels: Labels to add.
    """

    name: str
    expr: str
    help: str
    labels: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def __str__(self) -> str:
        """Return the name, so that a rule stands in a PromQL f-string."""
        return self.name
