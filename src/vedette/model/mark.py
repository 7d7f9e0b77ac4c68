"""A mark: something that happened, which every dashboard shows at its own time."""

from dataclasses import dataclass
from typing import Final

from vedette.model.metric import Metric

MARK = Metric(
    name="vedette_mark_timestamp_seconds",
    kind="gauge",
    help="When something happened that was marked; only the newest marks are kept here.",
    unit="seconds",
    labels=("id", "kind", "text", "module", "model"),
    external=True,
)
LONGEST_TEXT: Final = 500


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of mark: how dashboards call its marks, and in which of Grafana's colours."""

    title: str
    colour: str


KINDS: Final = {
    "deployment": Kind(title="Deployments", colour="blue"),
    "incident": Kind(title="Incidents", colour="red"),
    "training": Kind(title="Trainings", colour="purple"),
}


@dataclass(frozen=True, kw_only=True)
class Mark:
    """Something that happened.

    Args:
        id: Unique, so that one that is handed over twice is shown once.
        kind: One of `KINDS`.
        text: What happened, for a person.
        at: When, Unix seconds.
        module: The module that it happened to; empty for all.
        model: The model that it happened to; empty for all.
    """

    id: str
    kind: str
    text: str
    at: float
    module: str = ""
    model: str = ""
