"""Why an expression has no value."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from vedette.clients.prometheus import Prometheus, ScrapeTarget
from vedette.dashboards.selectors import Selector, selectors
from vedette.errors import VedetteError
from vedette.model.plan import Plan

# The programs that expose the metrics of a pack that only reads.
_EXPORTERS = {"host": ("node_exporter",), "load": ("locust",)}


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


def why(expressions: Sequence[str], prometheus: Prometheus, plan: Plan) -> Reason:
    """Find the reason.

    Args:
        expressions: What the panel asks; none of them has a value.
        prometheus: Is asked for the series that they need.
        plan: Says who should expose them.

    Raises:
        UnanswerableError: Prometheus does not answer.
    """
    needed = [selector for expression in expressions for selector in selectors(expression)]
    for selector in dict.fromkeys(needed):
        if selector.name and not _exists(prometheus, selector.name):
            return _never_seen(selector.name, prometheus, plan)
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


def _never_seen(name: str, prometheus: Prometheus, plan: Plan) -> Reason:
    pack = _pack_of(name, plan)
    jobs = _jobs(pack, plan)
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


def _jobs(pack: str, plan: Plan) -> set[str]:
    exporters = set(_EXPORTERS.get(pack, ())) & set(plan.components)
    modules = {module.name for module in plan.modules if pack in module.packs}
    always = plan.packs[pack].always if pack else False
    return exporters | modules | (set(plan.components) if always else set())


def _listed(targets: Iterable[ScrapeTarget]) -> str:
    return ", ".join(f"{one.job} ({one.instance})" for one in targets)
