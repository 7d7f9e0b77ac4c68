"""`vedette verify`: run a system and check every line of what it promises."""

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from vedette.terminal.output import format_option, print_json, screen

if TYPE_CHECKING:
    from vedette.verify.outcome import Outcome


@click.command("verify", short_help="Run a system and check what it promises.")
@click.argument("system")
@click.option("--only", default="", metavar="PATTERN", help="Only the lines that hold this.")
@click.option("--long", is_flag=True, help="Also the lines that take many minutes.")
@click.option("--keep", is_flag=True, help="Leave the system running afterwards.")
@format_option
def command(*, system: str, only: str, long: bool, keep: bool, form: str) -> None:
    """Run a system from its folder, or by its name under ./examples, and check its ledger.

    It runs in a copy of its folder, on free ports and with receivers of its own for what its
    alerts send. The exit code is 1 where a promise is not kept.
    """
    from vedette.verify import launch, ledger, needs, walk

    folder = launch.find(system)
    promised = ledger.read(folder / ledger.NAME)
    lines = walk.chosen(promised, only, long=long)
    started = time.monotonic()
    outcomes: list[Outcome] = []
    if form == "text":
        screen().print(f"{promised.system}: {len(lines)} promises; starting it", markup=False)
    with launch.running(folder, beside=needs.components(lines), keep=keep) as running:
        up_seconds = time.monotonic() - started
        if form == "text":
            screen().print(f"everything was ready after {up_seconds:.1f} s", markup=False)
        for outcome in walk.walk(lines, running):
            outcomes.append(outcome)
            if form == "text":
                _print(outcome)
    seconds = time.monotonic() - started
    if form == "json":
        print_json(_document(folder.name, outcomes, up_seconds=up_seconds, seconds=seconds))
    else:
        _print_summary(outcomes, seconds, omitted=len(promised.lines) - len(lines))
    if keep:
        screen(stderr=True).print(f"it goes on running in {running.folder}", markup=False)
    raise SystemExit(int(not all(outcome.passed for outcome in outcomes)))


def _print(outcome: "Outcome") -> None:
    verdict = "[green]pass[/]" if outcome.passed else "[bold red]fail[/]"
    verdict = "[yellow]skip[/]" if outcome.left_out else verdict
    console = screen()
    console.print(f"{verdict} {outcome.seconds:6.1f} s  ", end="")
    console.print(f"{outcome.kind}: {outcome.promise}", markup=False)
    console.print(f"               {outcome.evidence}", markup=False, style="dim")
    if outcome.steps:
        hops = ", ".join(f"{step.name} {step.seconds:.1f} s" for step in outcome.steps)
        console.print(f"               {hops}", markup=False, style="dim")


def _print_summary(outcomes: "Sequence[Outcome]", seconds: float, *, omitted: int) -> None:
    failed = [outcome for outcome in outcomes if not outcome.passed]
    judged = [outcome for outcome in outcomes if not outcome.left_out]
    kept = len(judged) - len(failed)
    omitted += len(outcomes) - len(judged)
    screen().print(
        f"{kept} of {len(judged)} promises are kept, {omitted} were left out ({seconds:.0f} s)",
        markup=False,
    )
    for outcome in failed:
        screen().print(f"not kept: {outcome.kind}: {outcome.promise}", markup=False)


def _document(
    name: str, outcomes: "Sequence[Outcome]", *, up_seconds: float, seconds: float
) -> dict[str, Any]:
    return {
        "system": name,
        "passed": all(outcome.passed for outcome in outcomes),
        "seconds": round(seconds, 1),
        "up_seconds": round(up_seconds, 1),
        "lines": [
            {
                "kind": outcome.kind,
                "promise": outcome.promise,
                "passed": outcome.passed,
                "left_out": outcome.left_out,
                "evidence": outcome.evidence,
                "seconds": outcome.seconds,
                "steps": [{"name": s.name, "seconds": s.seconds} for s in outcome.steps],
            }
            for outcome in outcomes
        ],
        "summary": {
            "kept": sum(outcome.passed and not outcome.left_out for outcome in outcomes),
            "broken": sum(not outcome.passed for outcome in outcomes),
        },
    }
