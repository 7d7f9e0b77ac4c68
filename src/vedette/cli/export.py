"""`vedette export`: the plan as files for another place."""

from pathlib import Path

import click

from vedette import export
from vedette.discover import discover, load, names
from vedette.model.component import Component, Target
from vedette.terminal.output import format_option, print_json
from vedette.terminal.plan import plan_options


class _Targets(click.Group):
    """One subcommand per module of vedette.export."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all targets."""
        del ctx
        return list(names(export))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Make the command of one target, or None where there is none of that name."""
        if cmd_name not in self.list_commands(ctx):
            return None
        return _command(cmd_name, load(export, cmd_name, constant="TARGET", kind=Target))


@click.command(cls=_Targets)
def command() -> None:
    """Write the plan as files that run it elsewhere."""


def _command(name: str, target: Target) -> click.Command:
    @click.command(name, help=f"{target.help}\n\nFOLDER is made, and must be empty.")
    @click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
    @click.option("--force", is_flag=True, help="Write into a folder that is not empty.")
    @plan_options
    @format_option
    def run(folder: Path, force: bool, file: Path | None, state: Path | None, form: str) -> None:
        from vedette import stack
        from vedette.export._write import write
        from vedette.terminal.plan import read_plan

        plan = read_plan(file, state)
        files = target.render(discover(stack, "COMPONENT", Component), plan)
        write(files, folder, force=force)
        if form == "json":
            print_json({"target": name, "folder": str(folder.resolve()), "files": sorted(files)})
            return
        click.echo(f"{len(files)} files written to {folder}")
        if "README.md" in files:
            click.echo(f"next: {folder / 'README.md'} says how to start it")

    return run
