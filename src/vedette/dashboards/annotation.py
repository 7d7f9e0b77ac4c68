"""Events over time, out of `annotations`: which questions give them, and what the answers mean."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from vedette.dashboards import duration
from vedette.dashboards.event import Annotation, Event
from vedette.dashboards.node import Node
from vedette.dashboards.query import foreign

_STEP_SECONDS = 60.0
_FIELD = re.compile(r"\{\{\s*(.+?)\s*\}\}")


def annotations(root: Node) -> tuple[Annotation, ...]:
    """Read the annotations of a dashboard that ask Prometheus and are switched on.

    Raises:
        DashboardError: one of them cannot be read; the place is named.
    """
    found = []
    for node in root.get("annotations").get("list").items():
        # Prometheus' own are written beside the name, or under `target` since Grafana 10.
        expr = node.get("expr").text() or _target(node).get("expr").text()
        on = node.get("enable").flag(default=True)
        if on and expr.strip() and not foreign(node.get("datasource")):
            found.append(_annotation(node, expr.strip()))
    return tuple(found)


def _target(node: Node) -> Node:
    target = node.get("target")
    return target if target.is_object() else Node(None)


def _annotation(node: Node, expr: str) -> Annotation:
    keys = node.get("tagKeys").text()
    step = node.get("step").text() or _target(node).get("interval").text()
    return Annotation(
        name=node.get("name").text(),
        expr=expr,
        colour=node.get("iconColor").text("red"),
        title=node.get("titleFormat").text(),
        text=node.get("textFormat").text(),
        tags=tuple(key.strip() for key in keys.split(",") if key.strip()),
        step=duration.seconds(step) or _STEP_SECONDS,
        timed=node.get("useValueForTime").flag(),
    )


def events(
    annotation: Annotation, series: Iterable[Mapping[str, Any]], *, span: tuple[float, float]
) -> list[Event]:
    """Return the events in an answer of Prometheus.

    Args:
        annotation: What was asked.
        series: The rows of the matrix that it answered.
        span: Start and end of what is looked at; events outside are left out.
    """
    start, end = span
    found = []
    for row in series:
        labels = {str(name): str(value) for name, value in row["metric"].items()}
        for first, last in _runs(_moments(annotation, row["values"]), annotation.step):
            if last >= start and first <= end:
                found.append(_event(annotation, labels, first, last=last))
    return sorted(found, key=lambda event: (event.start, event.title))


def _moments(annotation: Annotation, values: Iterable[tuple[float, str]]) -> list[float]:
    if annotation.timed:
        return sorted({float(value) / 1000 for _, value in values if value != "NaN"})
    return [float(at) for at, value in values if float(value) > 0]


def _runs(moments: Iterable[float], step: float) -> list[tuple[float, float]]:
    """Join moments that are no further apart than a step."""
    runs: list[tuple[float, float]] = []
    for moment in moments:
        if runs and moment - runs[-1][1] <= step:
            runs[-1] = (runs[-1][0], moment)
        else:
            runs.append((moment, moment))
    return runs


def _event(
    annotation: Annotation, labels: Mapping[str, str], first: float, *, last: float
) -> Event:
    return Event(
        start=first,
        end=last,
        name=annotation.name,
        colour=annotation.colour,
        title=_filled(annotation.title, labels) or annotation.name,
        text=_filled(annotation.text, labels),
        tags=tuple(labels[name] for name in annotation.tags if labels.get(name)),
    )


def _filled(form: str, labels: Mapping[str, str]) -> str:
    return _FIELD.sub(lambda match: labels.get(match[1], ""), form)
