"""Looks at a module as it is now: its answer, its metrics, its scrape, its alerts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vedette.clients.prometheus import Rule, ScrapeTarget
from vedette.doctor.patient import Patient
from vedette.doctor.recognise import recognise
from vedette.errors import VedetteError
from vedette.exposition.nouns import Exposition
from vedette.lint.judge import lint
from vedette.lint.ours import names
from vedette.model.finding import Finding, Level
from vedette.model.module import Module
from vedette.model.signature import matches
from vedette.planfile.address import parse
from vedette.planfile.registry import installed
from vedette.terminal.modules import Look, coverage
from vedette.terminal.modulestory import covered_text
from vedette.terminal.scrape import ScrapeError, ask


@dataclass(frozen=True, kw_only=True)
class Checked:
    """What there is to say of a module.

    Args:
        module: The module.
        fine: What is as it should be.
        findings: What is not.
    """

    module: Module
    fine: tuple[str, ...]
    findings: tuple[Finding, ...]


def check(module: Module, patient: Patient) -> Checked:
    """Look at every instance of a module.

    Args:
        module: The module.
        patient: The stack that watches it.
    """
    told = [
        *(thing for target in module.targets for thing in _target(module, target, patient)),
        *_scrapes(module, patient),
        *_rules(module, patient),
    ]
    return Checked(
        module=module,
        fine=tuple(thing for thing in told if isinstance(thing, str)),
        findings=tuple(thing for thing in told if isinstance(thing, Finding)),
    )


def _target(module: Module, target: str, patient: Patient) -> Iterator[str | Finding]:
    url = f"{module.scheme}://{target}{module.path}"
    try:
        scraped = ask(parse(url))
    except ScrapeError as error:
        yield _finding(module, "module-unseen", error.problem, hint=error.hint)
        return
    exposed = scraped.exposition
    yield f"{url} answers: {exposed.count} samples"
    judged = lint(exposed, names(module.name), source=scraped.source)
    yield from (*scraped.findings, *judged)
    yield from _packs(module, exposed, patient)
    yield from covered_text(coverage(patient.plan, module, Look(scraped=scraped)))


def _packs(module: Module, exposed: Exposition, patient: Patient) -> Iterator[Finding]:
    for name in module.packs:
        pack = patient.plan.packs.get(name)
        if pack is not None and pack.signature and not matches(pack.signature, exposed.names):
            message = f"it exposes nothing of the pack {name}: no {pack.signature[0]}"
            hint = f"instrument it, or remove {name} from `packs:`"
            yield _finding(module, "module-pack", message, hint=hint, level="info")
    for name in recognise(exposed, module.name, installed().packs).packs:
        if name not in module.packs:
            message = f"it exposes metrics of the pack {name}, which it does not follow"
            hint = f"add {name} to `packs:`, and its alerts and dashboards apply"
            yield _finding(module, "module-unfollowed", message, hint=hint, level="info")


def _scrapes(module: Module, patient: Patient) -> Iterator[str | Finding]:
    """Tell whether Prometheus has it, and whether it is up."""
    if patient.prometheus is None:
        message = "no Prometheus of this plan runs, so nobody scrapes it"
        hint = "`vedette up` starts the stack"
        yield _finding(module, "module-unwatched", message, hint=hint, level="info")
        return
    try:
        seen = [one for one in patient.prometheus.targets() if one.job == module.name]
    except VedetteError as error:
        yield _finding(module, "module-unwatched", error.problem, hint=error.hint)
        return
    for target in module.targets:
        yield _scrape(module, target, seen)


def _scrape(module: Module, target: str, seen: Sequence[ScrapeTarget]) -> str | Finding:
    found = next((one for one in seen if one.instance == target), None)
    if found is None:
        message = f"Prometheus does not scrape {target} yet"
        return _finding(module, "module-unwatched", message, hint="`vedette reload` tells it")
    if found.health == "down":
        message = f"Prometheus cannot scrape {target}: {found.error}"
        return _finding(module, "module-down", message, hint="mend what it says")
    if found.health != "up":
        return f"Prometheus has {target} and is about to scrape it for the first time"
    return f"Prometheus scrapes {target}: up, in {found.seconds * 1000:.0f} ms"


def _rules(module: Module, patient: Patient) -> Iterator[str | Finding]:
    """Tell whether the alerts of its packs are evaluated."""
    if patient.prometheus is None:
        return
    packs = patient.plan.packs
    wanted = [alert.name for name in module.packs if name in packs for alert in packs[name].alerts]
    try:
        rules = {rule.name: rule for rule in patient.prometheus.rules()}
    except VedetteError:
        return  # the scrape says that it does not answer
    for name in wanted:
        if wrong := _rule(name, rules.get(name)):
            yield _finding(module, "module-alert", wrong, hint="`vedette doctor` looks at rules")
    loaded = [name for name in wanted if name in rules]
    if loaded:
        yield f"alerts evaluated: {', '.join(loaded)}"


def _rule(name: str, rule: Rule | None) -> str:
    if rule is None:
        return f"the alert {name} is not loaded"
    return f"the alert {name} cannot be evaluated: {rule.error}" if rule.health == "err" else ""


def _finding(
    module: Module, rule: str, message: str, *, hint: str, level: Level = "error"
) -> Finding:
    return Finding(rule=rule, level=level, subject=module.name, message=message, hint=hint)
