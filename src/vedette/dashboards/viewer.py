"""Looks at a dashboard as a person does who chose All everywhere."""

import math
from collections.abc import Callable, Iterable, Sequence

from vedette.dashboards import choices
from vedette.dashboards.dashboard import Dashboard, Panel, Variable
from vedette.dashboards.interpolate import interpolate
from vedette.dashboards.variable import ALL

_BUILTIN = {
    "__interval": "20s",
    "__interval_ms": "20000",
    "__rate_interval": "1m",
    "__range": "15m",
    "__range_s": "900",
    "__range_ms": "900000",
}


class Viewer:
    """Asks what the panels of one dashboard would ask.

    Args:
        dashboard: The dashboard.
        query: Answers an expression with its present values.
        label_values: Answers a label and a series, which may be empty, with the values.
    """

    def __init__(
        self,
        dashboard: Dashboard,
        *,
        query: Callable[[str], Iterable[float]],
        label_values: Callable[[str, str], Sequence[str]],
    ) -> None:
        self._dashboard = dashboard
        self._query = query
        self._label_values = label_values
        self._values: dict[str, Sequence[str]] = {}
        self.empty: list[str] = []  # variables without a choice
        for variable in dashboard.variables:  # a later one may ask with an earlier one
            chosen = self._all_of(variable)
            self._values[variable.name] = chosen
            if not chosen and variable.kind == "query":
                self.empty.append(variable.name)

    def expressions(self, panel: Panel) -> list[str]:
        """Return what a panel asks, its variables filled in."""
        return [self._filled(query.expr) for query in panel.queries]

    def has_data(self, expressions: Sequence[str]) -> bool:
        """Say whether one of a panel's expressions has a value now."""
        return any(
            not math.isnan(value) for expression in expressions for value in self._query(expression)
        )

    def _all_of(self, variable: Variable) -> Sequence[str]:
        offered = variable.choices
        asked = choices.question(self._filled(variable.query))
        if variable.kind == "query" and asked is not None and asked.kind == "values":
            found = self._label_values(asked.label, asked.series)
            offered = choices.choices(variable, found)
        chosen = choices.pick(variable, offered, (ALL,) if variable.all else ())
        return choices.expanded(variable, offered, chosen)

    def _filled(self, text: str) -> str:
        return interpolate(text, self._dashboard.variables, self._values, builtin=_BUILTIN)
