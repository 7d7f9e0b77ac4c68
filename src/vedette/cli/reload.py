"""`vedette reload`: change a running stack to what the plan file says now."""

from pathlib import Path

import click

from vedette.terminal.output import format_option, print_json
from vedette.terminal.plan import plan_options

_WORDS = {
    "started": "started",
    "stopped": "stopped",
    "restarted": "restarted",
    "reloaded": "reloaded without a restart",
}


@click.command("reload", short_help="Apply a changed vedette.yaml.")
@plan_options
@format_option
def command(*, file: Path | None, state: Path | None, form: str) -> None:
    """Render the files anew, have promtool and amtool judge them, and swap them in.

    Programs are told to read them again; only what cannot do that is restarted. A change
    that is refused leaves everything as it was.
    """
    from vedette.supervisor import control, launch
    from vedette.supervisor.folder import StateFolder
    from vedette.supervisor.wishes import Wishes
    from vedette.terminal.getting import getting
    from vedette.terminal.plan import read_plan
    from vedette.terminal.state import find_state

    folder = find_state(file, state)
    control.call(folder, "status")
    wishes = Wishes.recorded(StateFolder(folder).read_record().get("wishes"))
    known = file or (Path(wishes.file) if wishes.file else None)
    plan = read_plan(known, folder)
    with getting() as progress:
        changed = launch.reload(plan, wishes, progress)
    launch.wait_until_ready(lambda: control.call(folder, "status"))
    if form == "json":
        print_json(changed)
        return
    lines = [f"{', '.join(names)}: {_WORDS[kind]}" for kind, names in changed.items() if names]
    click.echo("\n".join(lines) or "nothing has changed")
