"""Alert rules with their state, their series, and what Alertmanager silenced of them."""

import asyncio
from dataclasses import dataclass
from typing import Any

from vedette.console.services import Services
from vedette.errors import VedetteError

# Always fires, so that its absence is seen: it is the pulse, not a fault.
HEARTBEAT = "Watchdog"
_ORDER = {"firing": 0, "pending": 1}
_PULSE, _QUIET = 2, 3


@dataclass(frozen=True, kw_only=True)
class Active:
    """One series that an alert is about.

    Args:
        state: `firing` or `pending`.
        since: When it became so, RFC 3339.
        value: Of the expression.
        labels: Without the alert's name.
        summary: For people.
        description: For people.
        silenced: True where Alertmanager tells nobody of it.
    """

    state: str
    since: str
    value: str
    labels: dict[str, str]
    summary: str
    description: str
    silenced: bool


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One alert rule.

    Args:
        name: The alert's name.
        group: The rule group.
        state: `firing`, `pending` or `inactive`.
        severity: Its label `severity`.
        expr: PromQL.
        hold_seconds: How long it must hold (`for`).
        labels: Those that the rule adds.
        error: Why it cannot be evaluated.
        runbook: True where the console has a runbook of that name.
        heartbeat: True for the alert that is meant to fire.
        active: Its series.
    """

    name: str
    group: str
    state: str
    severity: str
    expr: str
    hold_seconds: float
    labels: dict[str, str]
    error: str
    runbook: bool
    heartbeat: bool
    active: list[Active]


@dataclass(frozen=True, kw_only=True)
class Alerts:
    """Every rule, and whether Alertmanager could be asked.

    Args:
        rules: What fires first.
        problem: Why silences are not known; empty where they are.
    """

    rules: list[Rule]
    problem: str


async def fetch(services: Services) -> Alerts:
    """Ask Prometheus for its rules and Alertmanager for its silences.

    Raises:
        UpstreamError: Prometheus does not answer.
    """
    answer, (silenced, problem) = await asyncio.gather(
        services.prometheus.json("/api/v1/rules", {"type": "alert"}), _silenced(services)
    )
    runbooks = services.library.runbooks()
    rules = [
        _rule(row, group.get("name", ""), runbooks=runbooks, silenced=silenced)
        for group in answer.get("groups", [])
        for row in group.get("rules", [])
    ]
    rules.sort(key=lambda rule: (_rank(rule), rule.name))
    return Alerts(rules=rules, problem=problem)


def _rank(rule: Rule) -> int:
    """What needs a person comes first; a pulse that beats needs nobody."""
    if rule.heartbeat:
        return _PULSE if rule.state == "firing" else 0
    return _ORDER.get(rule.state, _QUIET)


async def _silenced(services: Services) -> tuple[list[dict[str, str]], str]:
    """Return the labels of every alert that is silenced or inhibited, and what went wrong."""
    if services.alertmanager is None:
        return [], ""
    try:
        rows = await services.alertmanager.json("/api/v2/alerts", {"active": "false"})
    except VedetteError as error:
        return [], error.problem
    return [row.get("labels", {}) for row in rows], ""


def _rule(
    row: dict[str, Any], group: str, *, runbooks: dict[str, str], silenced: list[dict[str, str]]
) -> Rule:
    name, labels = row.get("name", ""), row.get("labels", {})
    active = [_active(alert, silenced) for alert in row.get("alerts", [])]
    return Rule(
        name=name,
        group=group,
        state=row.get("state", "inactive"),
        severity=labels.get("severity", ""),
        expr=row.get("query", ""),
        hold_seconds=row.get("duration", 0),
        labels=labels,
        error=row.get("lastError", ""),
        runbook=name in runbooks,
        heartbeat=name == HEARTBEAT,
        active=sorted(active, key=lambda alert: (alert.state != "firing", alert.since)),
    )


def _active(alert: dict[str, Any], silenced: list[dict[str, str]]) -> Active:
    labels, notes = alert.get("labels", {}), alert.get("annotations", {})
    return Active(
        state=alert.get("state", ""),
        since=alert.get("activeAt", ""),
        value=alert.get("value", ""),
        labels={name: value for name, value in labels.items() if name != "alertname"},
        summary=notes.get("summary", ""),
        description=notes.get("description", ""),
        # Alertmanager's labels are the alert's, plus those for outside the stack.
        silenced=any(labels.items() <= other.items() for other in silenced),
    )
