"""Why an expression has no value."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from vedette.clients.prometheus import Prometheus, ScrapeTarget
from vedette.dashboards.selectors import Selector, selectors
from vedette.doctor.patient import Patient
from vedette.errors import VedetteError
from vedette.model.plan import Plan


@dataclass(frozen=True, kw_only=True)
class Reason:
    """Why a panel is empty.

    Args:
        rule: Stable id.
        because: The end of a sentence that begins with the panel.
        hint: What to do.
        is_fault: False where an empty panel may be as it should be.
    """

    rule: str
    because: str
    hint: str
    is_fault: bool = False


def why(expressions: Sequence[str], prometheus: Prometheus, patient: Patient) -> Reason:
    """Find the reason.

    Args:
        expressions: What the panel asks; none of them has a value.
        prometheus: Is asked for the series that they need.
        patient: Its plan and its programs say who should expose them.

    Raises:
        UnanswerableError: Prometheus does not answer.
    """
    needed = [selector for expression in expressions for selector in selectors(expression)]
    for selector in dict.fromkeys(needed):
        if selector.name and not _exists(prometheus, selector.name):
            return _never_seen(selector.name, prometheus, patient)
        if not _exists(prometheus, str(selector)):
            return _not_selected(selector)
    return Reason(
        rule="panel-no-value",
        because="its series are there, but the expression gives no value now",
        hint="a rate needs two scrapes, and a comparison drops what does not hold; it may be fine",
    )


def _exists(prometheus: Prometheus, selector: str) -> bool:
    try:
        return bool(prometheus.query(f"count({selector})"))
    except VedetteError:
        return True  # our reading of the expression made no selector of it: nothing is known


def _not_selected(selector: Selector) -> Reason:
    return Reason(
        rule="panel-selection",
        because=f"no series of {selector.name or 'any metric'} matches {{{selector.matchers}}}",
        hint="choose other values above the panel; or nothing of the kind has happened yet",
    )


def _never_seen(name: str, prometheus: Prometheus, patient: Patient) -> Reason:
    pack = _pack_of(name, patient.plan)
    jobs = _jobs(pack, patient)
    down = [one for one in prometheus.targets() if one.job in jobs and one.health == "down"]
    if down:
        return Reason(
            rule="panel-target-down",
            because=f"{_listed(down)} cannot be scraped: {down[0].error}",
            hint="mend the target first",
            is_fault=True,
        )
    if pack and not jobs:
        return Reason(
            rule="panel-nobody",
            because=f"{name} belongs to the pack {pack}, and nothing in the plan exposes it",
            hint=f"add `packs: [{pack}]` to the module that does",
        )
    who = f" by {', '.join(sorted(jobs))}" if jobs else ""
    return Reason(
        rule="panel-never-seen",
        because=f"{name} was never exposed{who}",
        hint="the service records it once the thing happens; if it has, is it instrumented?",
    )


def _pack_of(name: str, plan: Plan) -> str:
    for title, pack in plan.packs.items():
        series = {each for metric in pack.metrics for each in metric.series}
        if name in series or name in {rule.name for rule in pack.recordings}:
            return title
    return ""


def _jobs(pack: str, patient: Patient) -> set[str]:
    if not pack:
        return set()
    modules = {module.name for module in patient.plan.modules if pack in module.packs}
    if patient.plan.packs[pack].always:
        return modules | set(patient.components)
    return modules | {name for name, one in patient.components.items() if one.pack == pack}


def _listed(targets: Iterable[ScrapeTarget]) -> str:
    return ", ".join(f"{one.job} ({one.instance})" for one in targets)
