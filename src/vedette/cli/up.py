"""`vedette up`: start the stack."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from vedette.terminal.output import format_option, print_json, screen
from vedette.terminal.plan import plan_options

if TYPE_CHECKING:
    from vedette.supervisor.launch import Started

_INTERRUPTED = 130  # see the table of exit codes in vedette.errors


@click.command("up", short_help="Start the stack.")
@click.option("--detach", "-d", is_flag=True, help="Return once everything is ready.")
@click.option("--with", "added", multiple=True, metavar="NAME", help="Also run this component.")
@click.option("--without", "left_out", multiple=True, metavar="NAME", help="Do not run this one.")
@click.option(
    "--port",
    type=click.Choice(["auto"]),
    help="auto: let every component listen on a free port.",
)
@click.option("--offline", is_flag=True, help="Never use the network to get a program.")
@plan_options
@format_option
def command(
    *,
    detach: bool,
    added: tuple[str, ...],
    left_out: tuple[str, ...],
    port: str | None,
    offline: bool,
    file: Path | None,
    state: Path | None,
    form: str,
) -> None:
    """Get what is missing, start every program and say where to look.

    It stays in the foreground with a live table until Ctrl-C; --detach returns instead and
    leaves the stack running until `vedette down`.
    """
    from vedette.supervisor import launch
    from vedette.supervisor.wishes import Wishes
    from vedette.terminal.getting import getting
    from vedette.terminal.plan import read_plan
    from vedette.terminal.state import plan_path

    plan = read_plan(file, state)
    wishes = Wishes(
        file=str(plan_path(file) or ""),
        added=added,
        left_out=left_out,
        automatic=port == "auto",
        offline=offline,
    )
    with getting() as progress:
        started = launch.start(plan, wishes, progress, attached=not detach)
    if detach:
        _announce(_ready(started), form)
        if form == "text":
            click.echo("\n`vedette status` shows it, `vedette down` stops it")
    else:
        from vedette.terminal.foreground import foreground

        if foreground(started, lambda status: _announce(status, form)):
            raise SystemExit(_INTERRUPTED)


def _ready(started: "Started") -> dict[str, Any]:
    from vedette.supervisor import launch
    from vedette.terminal.foreground import until_ready

    try:
        return until_ready(started)
    except BaseException:
        launch.stop(started.plan.state)
        raise


def _announce(status: dict[str, Any], form: str) -> None:
    from vedette.terminal import stack

    for line in stack.complaints(status):
        screen(stderr=True).print(f"warning: {line}", markup=False)
    if form == "json":
        told = {"name": status["name"], "state": status["state"], "urls": stack.urls(status)}
        print_json({**told, "programs": status["programs"]})
        return
    for line in stack.where(status):
        click.echo(line)
