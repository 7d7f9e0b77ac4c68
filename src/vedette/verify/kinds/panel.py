"""Every panel of a dashboard has data."""

from pathlib import Path

from pydantic import Field

from vedette.dashboards.dashboard import Dashboard
from vedette.dashboards.load import load
from vedette.dashboards.viewer import Viewer
from vedette.verify.outcome import BrokenPromiseError, Evidence, eventually
from vedette.verify.promise import Kind, Promise
from vedette.verify.system import System

DASHBOARDS = Path("config", "console", "dashboards")


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

    def values(expression: str) -> list[float]:
        return [sample.value for sample in system.prometheus.query(expression)]

    def full() -> Evidence:
        viewer = Viewer(dashboard, query=values, label_values=system.prometheus.values)
        bare = [p.title for p in wanted if not viewer.has_data(viewer.expressions(p))]
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


KIND = Kind(summary="Every panel of a dashboard has data.", promise=PanelPromise, check=check)
