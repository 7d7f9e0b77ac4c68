"""Every panel of a dashboard has data."""

import math
from collections.abc import Sequence
from pathlib import Path

from pydantic import Field

from vedette.dashboards import choices
from vedette.dashboards.dashboard import Dashboard, Panel, Variable
from vedette.dashboards.interpolate import interpolate
from vedette.dashboards.load import load
from vedette.dashboards.variable import ALL
from vedette.verify.asks import Prometheus
from vedette.verify.outcome import BrokenPromiseError, Evidence, eventually
from vedette.verify.promise import Kind, Promise
from vedette.verify.system import System

DASHBOARDS = Path("config", "console", "dashboards")
_BUILTIN = {
    "__interval": "20s",
    "__rate_interval": "1m",
    "__range": "15m",
    "__range_s": "900",
}


class PanelPromise(Promise):
    """A dashboard whose panels all show something."""

    panel: str = Field(description="The dashboard's uid; every panel of it is asked.")
    empty: tuple[str, ...] = Field(
        default=(), description="Titles of panels that are rightly empty while all is well."
    )

    def words(self) -> str:
        """Name the dashboard."""
        return f"every panel of the dashboard {self.panel} has data"


def check(promise: PanelPromise, system: System) -> Evidence:
    """Ask Prometheus what every panel would ask."""
    dashboard = _dashboard(promise.panel, system)
    panels = [panel for section in dashboard.sections for panel in section.panels if panel.queries]
    if unknown := set(promise.empty) - {panel.title for panel in panels}:
        seen = f"{promise.panel} has no panel {min(unknown)!r}"
        raise BrokenPromiseError(seen)
    wanted = [panel for panel in panels if panel.title not in promise.empty]

    def full() -> Evidence:
        viewer = _Viewer(dashboard, system.prometheus)
        bare = [panel.title for panel in wanted if not viewer.sees(panel)]
        if bare:
            seen = f"{len(bare)} of {len(wanted)} panels are empty: {', '.join(bare)}"
            raise BrokenPromiseError(seen)
        return Evidence(text=f"{len(wanted)} panels, each with data")

    return eventually(full, promise.within, every=2.0)


def _dashboard(uid: str, system: System) -> Dashboard:
    file = system.state / DASHBOARDS / f"{uid}.json"
    try:
        return load(file.read_text(encoding="utf-8"), file.name)
    except FileNotFoundError:
        known = ", ".join(sorted(path.stem for path in file.parent.glob("*.json"))) or "none"
        seen = f"there is no dashboard {uid!r}; there are {known}"
        raise BrokenPromiseError(seen) from None


class _Viewer:
    """Looks at a dashboard with All, or the first, chosen for every variable."""

    def __init__(self, dashboard: Dashboard, prometheus: Prometheus) -> None:
        self._dashboard = dashboard
        self._prometheus = prometheus
        self._values: dict[str, Sequence[str]] = {}
        for variable in dashboard.variables:  # a later one may ask with an earlier one
            self._values[variable.name] = self._all_of(variable)

    def sees(self, panel: Panel) -> bool:
        """Say whether one of a panel's queries has a value."""
        return any(
            not math.isnan(sample.value)
            for query in panel.queries
            for sample in self._prometheus.query(self._filled(query.expr))
        )

    def _all_of(self, variable: Variable) -> Sequence[str]:
        offered = variable.choices
        asked = choices.question(self._filled(variable.query))
        if variable.kind == "query" and asked is not None and asked.kind == "values":
            found = self._prometheus.values(asked.label, asked.series)
            offered = choices.choices(variable, found)
        chosen = choices.pick(variable, offered, (ALL,) if variable.all else ())
        return choices.expanded(variable, offered, chosen)

    def _filled(self, text: str) -> str:
        return interpolate(text, self._dashboard.variables, self._values, builtin=_BUILTIN)


KIND = Kind(summary="Every panel of a dashboard has data.", promise=PanelPromise, check=check)
