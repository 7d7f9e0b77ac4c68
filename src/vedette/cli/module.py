"""`vedette module`: the services that are watched."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from vedette.terminal.output import (
    exit_code,
    findings_json,
    format_option,
    print_findings,
    print_json,
    print_table,
)
from vedette.terminal.plan import plan_options

if TYPE_CHECKING:
    from vedette.model.module import Module
    from vedette.model.plan import Plan
    from vedette.terminal.modulestory import Outcome
    from vedette.terminal.plantext import PlanText

_reload = click.option("--no-reload", is_flag=True, help="Leave a running stack as it is.")
_dry = click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
_yes = click.option("--yes", is_flag=True, help="Ask nothing.")


_MISSED = "TargetMissing may tell that it is gone: it ends by itself within half an hour"
# Prometheus' word for a target that it has not scraped so far says nothing to a reader.
_HEALTH = {"unknown": "not scraped yet"}


@click.group("module", short_help="Add, list, check and remove watched services.")
def command() -> None:
    """Add, list, show, check and remove the services that are watched."""


@command.command()
@click.argument("name")
@click.argument("url")
@click.option("--pack", "packs", multiple=True, metavar="NAME", help="Follow it, not what is seen.")
@click.option("--owner", default="", help="Whom it belongs to; a label of its alerts.")
@click.option("--label", "labels", multiple=True, metavar="NAME=VALUE", help="Put on all of it.")
@click.option("--interval", default="", help="How often it is scraped, instead of the plan's.")
@click.option("--force", is_flag=True, help="Add it also where it does not answer.")
@_dry
@_reload
@_yes
@plan_options
@format_option
def add(
    *,
    name: str,
    url: str,
    packs: tuple[str, ...],
    owner: str,
    labels: tuple[str, ...],
    interval: str,
    force: bool,
    dry_run: bool,
    no_reload: bool,
    yes: bool,
    file: Path | None,
    state: Path | None,
    form: str,
) -> None:
    """Scrape URL once, recognise what it is, and watch it as the module NAME.

    URL is host:port, http(s)://host:port/path or a port of this machine. The module is
    written into vedette.yaml with the label `service`; the scrape adds the label `module`.
    A running stack follows without a restart.
    """
    from vedette.planfile.address import parse
    from vedette.terminal import modules
    from vedette.terminal.modulestory import Outcome
    from vedette.terminal.plantext import plan_text
    from vedette.terminal.state import plan_path

    modules.check_name(name)
    address = parse(url)
    modules.refuse_login(address.login, url)
    wanted = modules.Wanted(
        name=name,
        address=address,
        packs=packs,
        owner=owner,
        labels=modules.labels(labels),
        interval=interval,
        force=force,
    )
    text = plan_text(plan_path(file))
    before = modules.find(text.plan(text.text), name)
    seen = modules.look(wanted)
    changed = modules.changed_text(text, wanted, seen.recognised)
    plan = text.plan(changed)
    unchanged = changed == text.text
    done: dict[str, Any] | None = None
    if not unchanged and not dry_run:
        if not yes:
            _agree(text, before, name)
        folder = _state(text, plan, state)
        done = modules.applied(text, changed, folder, reload=not no_reload)
    outcome = "unchanged" if unchanged else "planned" if dry_run else "written"
    module = _known(plan, name)
    told = Outcome(
        outcome=outcome,
        file=str(text.file),
        reloaded=done,
        module=module,
        wanted=wanted,
        seen=seen,
        covered=modules.coverage(plan, module, seen),
    )
    _tell(told, form)


@command.command("list")
@plan_options
@format_option
def list_(*, file: Path | None, state: Path | None, form: str) -> None:
    """List the modules of the plan, and whether Prometheus reaches them."""
    from vedette.doctor.patient import admit
    from vedette.terminal.plan import read_plan
    from vedette.terminal.state import plan_path

    patient = admit(read_plan(file, state), plan_path(file))
    health: dict[tuple[str, str], str] = {}
    unseen = "no stack runs" if patient.prometheus is None else "not watched yet"
    if patient.prometheus is not None:
        health = {
            (one.job, one.instance): _HEALTH.get(one.health, one.health)
            for one in patient.prometheus.targets()
        }
    rows = [
        (one.name, target, one.packs, one.owner, health.get((one.name, target), unseen))
        for one in patient.plan.modules
        for target in one.targets
    ]
    if form == "json":
        keys = ("name", "target", "packs", "owner", "state")
        print_json({"modules": [dict(zip(keys, row, strict=True)) for row in rows]})
    elif rows:
        print_table(
            ("module", "target", "packs", "owner", "state"),
            [(name, target, ", ".join(packs), *rest) for name, target, packs, *rest in rows],
        )
    else:
        click.echo("no modules; `vedette module add NAME URL` adds one")


@command.command()
@click.argument("name")
@plan_options
@format_option
def show(*, name: str, file: Path | None, state: Path | None, form: str) -> None:
    """Show one module as it was understood, with its dashboards and alerts."""
    from vedette.planfile.show import resolved
    from vedette.terminal.plan import read_plan

    plan = read_plan(file, state)
    module = _known(plan, name)
    [row] = [row for row in resolved(plan)["modules"] if row["name"] == module.name]
    packs = [plan.packs[pack] for pack in module.packs]
    row["dashboards"] = [page.title for pack in packs for page in pack.dashboards]
    row["alerts"] = [alert.name for pack in packs for alert in pack.alerts]
    if form == "json":
        print_json(row)
        return
    for key, value in row.items():
        shown = ", ".join(map(str, value)) if isinstance(value, list) else value
        if isinstance(value, dict):
            shown = ", ".join(f"{name}={each}" for name, each in value.items())
        if shown not in (None, ""):
            click.echo(f"{key}: {shown}")


@command.command()
@click.argument("name")
@_dry
@_reload
@_yes
@plan_options
@format_option
def remove(
    *,
    name: str,
    dry_run: bool,
    no_reload: bool,
    yes: bool,
    file: Path | None,
    state: Path | None,
    form: str,
) -> None:
    """Watch a module no longer; what was stored of it stays until it is too old."""
    from vedette.planfile.edit import without_module
    from vedette.terminal import modules
    from vedette.terminal.asking import agree
    from vedette.terminal.plan import read_plan
    from vedette.terminal.plantext import plan_text
    from vedette.terminal.reload import told
    from vedette.terminal.state import plan_path

    _known(read_plan(file, state), name)
    text = plan_text(plan_path(file))
    changed = without_module(text.text, name)
    plan = text.plan(changed)
    done: dict[str, Any] | None = None
    if not dry_run:
        if not yes:
            agree(f"Remove the module {name} from {text.file}?")
        done = modules.applied(text, changed, _state(text, plan, state), reload=not no_reload)
    outcome = "planned" if dry_run else "removed"
    if form == "json":
        print_json({"name": name, "outcome": outcome, "file": str(text.file), "reloaded": done})
        return
    click.echo(f"{text.file}: module {name} {'would be ' if dry_run else ''}removed")
    if done is not None:
        click.echo(told(done))
        click.echo(_MISSED)


@command.command()
@click.argument("name", required=False)
@plan_options
@format_option
def check(*, name: str | None, file: Path | None, state: Path | None, form: str) -> None:
    """Scrape NAME, or every module, now; lint it; ask Prometheus whether it has it, too.

    The exit code is 1 where something is wrong.
    """
    from vedette.doctor.patient import admit
    from vedette.terminal.modulecheck import check as look
    from vedette.terminal.plan import read_plan
    from vedette.terminal.state import plan_path

    patient = admit(read_plan(file, state), plan_path(file))
    chosen = [_known(patient.plan, name)] if name else list(patient.plan.modules)
    checked = [look(module, patient) for module in chosen]
    findings = [finding for one in checked for finding in one.findings]
    if form == "json":
        fine = [{"module": one.module.name, "fine": list(one.fine)} for one in checked]
        print_json({**findings_json(findings), "modules": fine})
    else:
        for one in checked:
            click.echo(f"{one.module.name}:")
            for line in one.fine:
                click.echo(f"  {line}")
            print_findings(one.findings)
        if not checked:
            click.echo("no modules; `vedette module add NAME URL` adds one")
    raise SystemExit(exit_code(findings))


def _known(plan: "Plan", name: str) -> "Module":
    from vedette.errors import UsageError
    from vedette.planfile.scope import did_you_mean
    from vedette.terminal.modules import find

    module = find(plan, name)
    if module is None:
        problem = f"there is no module {name!r}"
        raise UsageError(problem, hint=did_you_mean(name, [one.name for one in plan.modules]))
    return module


def _agree(text: "PlanText", before: "Module | None", name: str) -> None:
    """Ask before a file is created, or a module replaced."""
    from vedette.terminal.asking import agree

    if text.is_new:
        agree(f"There is no plan file. Create {text.file}?")
    if before is not None:
        agree(f"{name} is {', '.join(before.targets)} already. Change it?")


def _state(text: "PlanText", plan: "Plan", state: Path | None) -> Path:
    from vedette.terminal.state import find_state

    if text.is_new:
        return state or plan.state
    return find_state(text.file, state)


def _tell(told: "Outcome", form: str) -> None:
    from vedette.terminal.modulestory import as_json, as_text

    if form == "json":
        print_json(as_json(told))
    else:
        for line in as_text(told):
            click.echo(line)
