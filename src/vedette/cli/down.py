"""`vedette down`: stop the stack."""

from pathlib import Path

import click

from vedette.terminal.output import format_option, print_json
from vedette.terminal.plan import plan_options


@click.command("down", short_help="Stop the stack.")
@plan_options
@format_option
def command(*, file: Path | None, state: Path | None, form: str) -> None:
    """Stop every program, those that need others first, and end what they left behind.

    It is no error where nothing runs. Data, configuration and logs stay; `vedette clean`
    removes them.
    """
    from vedette.supervisor import launch
    from vedette.terminal.state import find_state

    folder = find_state(file, state)
    stopped = launch.stop(folder)
    if form == "json":
        print_json({"state": str(folder), "stopped": stopped})
    elif stopped:
        click.echo(f"stopped {', '.join(stopped)}")
    else:
        click.echo(f"no stack runs in {folder}")
