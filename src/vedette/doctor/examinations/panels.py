"""Every panel of the rendered dashboards: has it data, and if not, why not?"""

from collections.abc import Iterator
from pathlib import Path

from vedette.clients.prometheus import Prometheus
from vedette.dashboards.dashboard import Dashboard, Panel
from vedette.dashboards.load import load
from vedette.dashboards.viewer import Viewer
from vedette.doctor.diagnosis import Examination, Fine, Result
from vedette.doctor.patient import Patient
from vedette.doctor.why import Reason, why
from vedette.errors import VedetteError
from vedette.model.finding import Finding

_FOLDER = Path("config", "console", "dashboards")


def _examine(patient: Patient) -> Iterator[Result]:
    if patient.prometheus is None:
        return
    for file in sorted((patient.plan.state / _FOLDER).glob("*.json")):
        try:
            dashboard = load(file.read_text(encoding="utf-8"), file.name)
        except (OSError, UnicodeDecodeError, VedetteError) as error:
            problem = error.problem if isinstance(error, VedetteError) else str(error)
            yield Finding(
                rule="dashboard-unreadable",
                level="error",
                subject=file.name,
                message=f"the dashboard {file.name} cannot be read: {problem}",
                hint="`vedette reload` writes it again",
                file=str(file),
            )
            continue
        yield from _dashboard(dashboard, patient.prometheus, patient)


def _dashboard(dashboard: Dashboard, prometheus: Prometheus, patient: Patient) -> Iterator[Result]:
    def values(expression: str) -> list[float]:
        return [sample.value for sample in prometheus.query(expression)]

    viewer = Viewer(dashboard, query=values, label_values=prometheus.label_values)
    panels = [panel for section in dashboard.sections for panel in section.panels if panel.queries]
    bare = [panel for panel in panels if not _has_data(viewer, panel)]
    titles: dict[Reason, list[str]] = {}
    for panel in bare:
        reason = why(viewer.expressions(panel), prometheus, patient)
        titles.setdefault(reason, []).append(panel.title)
    for reason, group in titles.items():
        yield _empty(dashboard, group, reason)
    if not bare:
        yield Fine(subject=dashboard.title, message=f"{len(panels)} panels with data")


def _has_data(viewer: Viewer, panel: Panel) -> bool:
    return viewer.has_data(viewer.expressions(panel))


def _empty(dashboard: Dashboard, titles: list[str], reason: Reason) -> Finding:
    panels, are = ("the panel", "is") if len(titles) == 1 else (f"{len(titles)} panels", "are")
    return Finding(
        rule=reason.rule,
        level="warning" if reason.is_fault else "info",
        subject=dashboard.title,
        message=f"{panels} {', '.join(map(repr, titles))} {are} empty: {reason.because}",
        hint=reason.hint,
    )


EXAMINATION = Examination(title="panels", order=70, examine=_examine)
