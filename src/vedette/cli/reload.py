"""`vedette reload`: change a running stack to what the plan file says now."""

from pathlib import Path

import click

from vedette.terminal.output import format_option, print_json
from vedette.terminal.plan import plan_options


@click.command("reload", short_help="Apply a changed vedette.yaml.")
@plan_options
@format_option
def command(*, file: Path | None, state: Path | None, form: str) -> None:
    """Render the files anew, have promtool and amtool judge them, and swap them in.

    Programs are told to read them again; only what cannot do that is restarted. A change
    that is refused leaves everything as it was.
    """
    from vedette.terminal.reload import reload_stack, told
    from vedette.terminal.state import find_state

    changed = reload_stack(find_state(file, state), file)
    if form == "json":
        print_json(changed)
    else:
        click.echo(told(changed))
