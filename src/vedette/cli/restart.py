"""`vedette restart`: stop and start programs of a running stack."""

from pathlib import Path

import click

from vedette.terminal.output import format_option, print_json
from vedette.terminal.plan import plan_options


@click.command("restart", short_help="Restart one program, or all.")
@click.argument("program", default="")
@plan_options
@format_option
def command(*, program: str, file: Path | None, state: Path | None, form: str) -> None:
    """Restart PROGRAM, or each program in turn, and wait until it is ready.

    The rendered files stay as they are; `vedette reload` renders them anew.
    """
    from vedette.supervisor import control, launch
    from vedette.terminal.state import find_state

    folder = find_state(file, state)
    names = control.call(folder, "restart", program=program)["restarted"]
    status = launch.wait_until_ready(lambda: control.call(folder, "status"))
    failed = [row for row in status["programs"] if row["name"] in names and not _fine(row)]
    if failed:
        raise launch.failure(failed)
    if form == "json":
        print_json({"restarted": names})
    else:
        click.echo(f"restarted {', '.join(names)}")


def _fine(row: dict[str, object]) -> bool:
    return row["state"] == "ready"
