"""Adds modules to a plan file, takes them out, and tells what comes with them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from vedette.doctor.coverage import Coverage, cover
from vedette.doctor.recognise import Recognised, recognise
from vedette.errors import DeclarationError, UsageError, VedetteError
from vedette.lint.judge import lint
from vedette.lint.ours import names
from vedette.model import convention
from vedette.model.finding import Finding
from vedette.model.module import Module
from vedette.model.plan import Plan
from vedette.planfile.address import Address
from vedette.planfile.edit import raw_module, with_module
from vedette.planfile.registry import installed
from vedette.terminal.plantext import PlanText
from vedette.terminal.reload import is_running, reload_stack
from vedette.terminal.scrape import LoginAskedError, Scraped, ScrapeError, ask

_USUAL_PATH = "/metrics"
_WITHOUT_LOGIN = "a module has no login: let the stack read the metrics without one"
_PLACE = ("targets", "path", "scheme")


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What `vedette module add` was told.

    Args:
        name: Of the module.
        address: Where it exposes its metrics.
        packs: Those to follow; empty for those that are recognised.
        owner: Whom it belongs to.
        labels: Added to every series of it.
        interval: How often it is scraped; empty for the plan's.
        force: True adds it also where it does not answer.
    """

    name: str
    address: Address
    packs: tuple[str, ...] = ()
    owner: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    interval: str = ""
    force: bool = False


def labels(given: Sequence[str]) -> dict[str, str]:
    """Return labels from how they are typed, `NAME=VALUE`.

    Raises:
        UsageError: one is typed otherwise.
    """
    for pair in given:
        if "=" not in pair:
            problem = f"{pair!r} is no label"
            raise UsageError(problem, hint=f"write it as {pair}=value")
    return dict(pair.split("=", 1) for pair in given)


def refuse_login(login: str, url: str) -> None:
    """Refuse an address that holds a login.

    Raises:
        UsageError: it does.
    """
    if login:
        problem = f"the address of {url.rpartition('@')[2]} holds a login, which a module has not"
        hint = "let the stack read the metrics without one, for instance on another port"
        raise UsageError(problem, hint=hint)


@dataclass(frozen=True, kw_only=True)
class Look:
    """What one scrape showed.

    Args:
        scraped: The exposition; None where there was none.
        recognised: What exposes it; None where nobody knows.
        findings: What the lint says, and what there is to say about the way.
    """

    scraped: Scraped | None = None
    recognised: Recognised | None = None
    findings: tuple[Finding, ...] = ()


def check_name(name: str) -> None:
    """Refuse a name that cannot begin the name of a metric.

    Args:
        name: Of a module.

    Raises:
        UsageError: it breaks the convention, with a proposal.
    """
    if not name[:1].isalpha():
        raise _misnamed(name)
    try:
        # Another's name is fine for a module, unless its metrics follow the convention.
        good = convention.prefix(f"my_{name}").removeprefix("my_")
    except DeclarationError:
        raise _misnamed(name) from None
    if good != name:
        problem = f"{name!r} is not how a module is called: its metrics begin with {good}_"
        raise UsageError(problem, hint=f"call it {good}")


def _misnamed(name: str) -> UsageError:
    try:
        convention.prefix(name)
    except DeclarationError as fault:
        return UsageError(fault.problem, hint=fault.hint)
    hint = "lower-case letters, digits and single _ between them, a letter first"
    return UsageError(f"{name!r} is not how a module is called", hint=hint)


def look(wanted: Wanted) -> Look:
    """Scrape once and say what is there.

    Args:
        wanted: The module.

    Raises:
        ScrapeError: nothing can be read, and it is not to be added all the same.
    """
    try:
        scraped = ask(wanted.address)
    except ScrapeError as error:
        if wanted.force:
            return Look(findings=(_unseen(wanted, error),))
        mend = _WITHOUT_LOGIN if isinstance(error, LoginAskedError) else error.hint
        hint = f"{mend}; --force adds it all the same"
        raise ScrapeError(error.problem, hint=hint) from None
    known = installed().packs
    recognised = recognise(scraped.exposition, wanted.name, known)
    judged = lint(scraped.exposition, names(wanted.name, known), source=scraped.source)
    return Look(scraped=scraped, recognised=recognised, findings=(*scraped.findings, *judged))


def entry(wanted: Wanted, recognised: Recognised | None) -> dict[str, Any]:
    """Return the keys of a module in a plan file.

    Args:
        wanted: What was told.
        recognised: What was seen.
    """
    packs = list(wanted.packs or (recognised.packs if recognised else ()))
    keys: dict[str, Any] = {"targets": [wanted.address.target]}
    if packs:
        keys["packs"] = packs
    if recognised and recognised.prefixes and "modules" in packs:
        keys["prefixes"] = list(recognised.prefixes)
    if wanted.owner:
        keys["owner"] = wanted.owner
    keys["labels"] = {"service": wanted.name, **wanted.labels}
    if wanted.address.path != _USUAL_PATH:
        keys["path"] = wanted.address.path
    if wanted.address.scheme != "http":
        keys["scheme"] = wanted.address.scheme
    if wanted.interval:
        keys["scrape_interval"] = wanted.interval
    # In a plan file a dollar begins a variable.
    return {key: _literal(value) for key, value in keys.items()}


def find(plan: Plan, name: str) -> Module | None:
    """Return a module of a plan, None for none of that name."""
    return next((module for module in plan.modules if module.name == name), None)


def applied(file: PlanText, text: str, state: Path, *, reload: bool) -> dict[str, Any] | None:
    """Write a changed plan file, and have a running stack follow it.

    Args:
        file: The plan file.
        text: What it is to say.
        state: The state folder.
        reload: False leaves the stack as it is.

    Returns:
        What became of the programs; None where none runs or none is to follow.

    Raises:
        VedetteError: the change was refused; the file is as it was.
    """
    runs = reload and is_running(state)
    file.write(text)
    if not runs:
        return None
    try:
        return reload_stack(state, file.file)
    except VedetteError:
        if file.is_new:
            file.file.unlink()
        else:
            PlanText(file=file.file, text=file.text).write(file.text)
        raise


def changed_text(file: PlanText, wanted: Wanted, recognised: Recognised | None) -> str:
    """Return the plan file with the module in it; what it said of the module is kept.

    Args:
        file: The plan file.
        wanted: What was told; it wins over what the file says.
        recognised: What was seen; it fills in what neither says.
    """
    existing = raw_module(file.text, wanted.name)
    new = entry(wanted, recognised)
    if not existing:
        return with_module(file.text, wanted.name, new)
    told = {"packs": wanted.packs, "owner": wanted.owner, "scrape_interval": wanted.interval}
    merged = {**new, **existing}
    merged |= {key: new[key] for key, value in told.items() if value}
    merged["labels"] = {**new["labels"], **(existing.get("labels") or {}), **wanted.labels}
    if not _covers(existing, wanted.address):
        merged = {key: value for key, value in merged.items() if key not in _PLACE}
        merged = {**{key: new[key] for key in _PLACE if key in new}, **merged}
    return file.text if merged == existing else with_module(file.text, wanted.name, merged)


def coverage(plan: Plan, module: Module, seen: Look) -> Coverage:
    """Say what of the module's packs has data now.

    Args:
        plan: A plan with the module.
        module: The module.
        seen: What it exposes.
    """
    packs = {name: plan.packs[name] for name in module.packs if name in plan.packs}
    return cover(packs, seen.scraped.exposition.names if seen.scraped else ())


def _covers(existing: Mapping[str, Any], address: Address) -> bool:
    """True where the keys of a module name an address already."""
    targets = existing.get("targets") or []
    known = {str(each) for each in (targets if isinstance(targets, list) else [targets])}
    known |= {f"127.0.0.1:{each}" for each in known if each.isdigit()}
    place = existing.get("path", _USUAL_PATH), existing.get("scheme", "http")
    return address.target in known and place == (address.path, address.scheme)


def _literal(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _literal(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_literal(item) for item in value]
    return value.replace("$", "$$") if isinstance(value, str) else value


def _unseen(wanted: Wanted, error: ScrapeError) -> Finding:
    return Finding(
        rule="module-unseen",
        level="warning",
        subject=wanted.name,
        message=f"{error.problem}; so nothing was recognised",
        hint=f"once it answers: vedette module check {wanted.name}",
    )
