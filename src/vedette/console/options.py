"""What the variables of a dashboard can be at this moment, each after those it depends on."""

import json
from dataclasses import dataclass
from typing import Any

from vedette.console.upstream import Upstream
from vedette.dashboards.choices import choices, expanded, pick, question
from vedette.dashboards.dashboard import Choice, Dashboard, Variable
from vedette.dashboards.interpolate import Values, interpolate
from vedette.dashboards.variable import ALL
from vedette.errors import VedetteError

_MOST = 2000
_DATA_SOURCE = (Choice(text="Prometheus", value="prometheus"),)


@dataclass(frozen=True, kw_only=True)
class Resolved:
    """One variable with its choices.

    Args:
        name: Used as `$name`.
        label: What it is called.
        kind: Where its values come from.
        multi: True where several may be chosen.
        all: True where All may be chosen.
        hidden: True where it is not shown.
        choices: What may be chosen.
        chosen: What is chosen; `$__all` is All.
        values: What that stands for: send this with a request for data.
        problem: Why there are no choices.
    """

    name: str
    label: str
    kind: str
    multi: bool
    all: bool
    hidden: bool
    choices: list[Choice]
    chosen: list[str]
    values: list[str]
    problem: str


async def resolve(
    prometheus: Upstream, dashboard: Dashboard, wanted: Values, *, span: tuple[float, float]
) -> list[Resolved]:
    """Find the choices of every variable, in order.

    Args:
        prometheus: Is asked for label values.
        dashboard: Whose variables.
        wanted: What the user chose so far.
        span: Start and end of the range that is looked at, Unix seconds.
    """
    found: list[Resolved] = []
    values: dict[str, list[str]] = {}
    for variable in dashboard.variables:
        problem, offered = "", variable.choices
        try:
            if variable.kind == "datasource":
                offered = _DATA_SOURCE
            elif variable.kind == "query":
                text = interpolate(variable.query, dashboard.variables, values, builtin={})
                answered = await _answers(prometheus, text, span)
                offered = choices(variable, answered)[:_MOST]
        except VedetteError as error:
            problem = error.problem
        one = _resolved(variable, offered, wanted.get(variable.name, ()), problem=problem)
        values[variable.name] = one.values
        found.append(one)
    return found


def _resolved(
    variable: Variable, offered: tuple[Choice, ...], wanted: Any, *, problem: str
) -> Resolved:
    chosen = pick(variable, offered, tuple(wanted))
    return Resolved(
        name=variable.name,
        label=variable.label,
        kind=variable.kind,
        multi=variable.multi,
        all=variable.all,
        hidden=variable.hidden,
        choices=[*([Choice(text="All", value=ALL)] if variable.all else []), *offered],
        chosen=list(chosen),
        values=expanded(variable, offered, chosen),
        problem=problem,
    )


async def _answers(prometheus: Upstream, text: str, span: tuple[float, float]) -> list[str]:
    ask = question(text)
    if ask is None:
        return []
    start, end = (f"{moment:.3f}" for moment in span)
    params: dict[str, str | list[str]] = {"start": start, "end": end}
    if ask.series:
        params["match[]"] = ask.series
    if ask.kind == "names":
        return [str(name) for name in await prometheus.json("/api/v1/labels", params)]
    if ask.kind == "query":
        answer = await prometheus.json("/api/v1/query", {"query": ask.expr, "time": end})
        return [_sample(row) for row in answer["result"] if isinstance(row, dict)]
    return [
        str(value) for value in await prometheus.json(f"/api/v1/label/{ask.label}/values", params)
    ]


def _sample(row: dict[str, Any]) -> str:
    """Write a sample as Grafana does for `query_result`: `name{label="value"} value time`."""
    labels = {key: value for key, value in row["metric"].items() if key != "__name__"}
    inside = ",".join(f"{key}={json.dumps(value)}" for key, value in labels.items())
    moment, value = row["value"]
    return f"{row['metric'].get('__name__', '')}{{{inside}}} {value} {round(moment * 1000)}"
