"""`vedette status`: what runs."""

from pathlib import Path

import click

from vedette.terminal.output import format_option, print_json, screen
from vedette.terminal.plan import plan_options


@click.command("status", short_help="Show what runs.")
@plan_options
@format_option
def command(*, file: Path | None, state: Path | None, form: str) -> None:
    """Show every program of the stack: its state, port, version and use of the machine.

    The exit code is 0 where every program is ready, 5 where one is not, and 1 where no
    stack runs.
    """
    from vedette.errors import ProgramFailedError
    from vedette.supervisor import control
    from vedette.terminal import stack
    from vedette.terminal.state import find_state

    folder = find_state(file, state)
    told = control.call(folder, "status")
    if form == "json":
        print_json(told)
    else:
        console = screen()
        console.print(f"{told['name']}: process {told['pid']} since {told['started']}, {folder}")
        console.print(stack.table(told))
        for line in stack.complaints(told):
            console.print(line, markup=False, style="yellow")
    if any(row["state"] != "ready" for row in told["programs"]):
        raise SystemExit(ProgramFailedError.exit_code)
