"""`vedette export`: the plan, or packs of it, as files for another place."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from vedette import export
from vedette.discover import discover, load, names
from vedette.model.component import Choice, Component, Target
from vedette.terminal.output import format_option, print_json
from vedette.terminal.packs import pack_option, read_packs
from vedette.terminal.plan import plan_options, read_plan


class _Targets(click.Group):
    """One subcommand per module of vedette.export; `_` in a module becomes `-`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all targets."""
        del ctx
        return [name.replace("_", "-") for name in names(export)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Make the command of one target, or None where there is none of that name."""
        if cmd_name not in self.list_commands(ctx):
            return None
        module = cmd_name.replace("-", "_")
        return _command(cmd_name, load(export, module, constant="TARGET", kind=Target))


@click.command(cls=_Targets)
def command() -> None:
    """Write the plan as files that run it elsewhere."""


def _command(name: str, target: Target) -> click.Command:
    @click.command(name, help=f"{target.help}\n\nFOLDER is made, and must be empty.")
    @click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
    @click.option("--force", is_flag=True, help="Write into a folder that is not empty.")
    @_options(target)
    @plan_options
    @format_option
    def run(
        folder: Path, force: bool, file: Path | None, state: Path | None, form: str, **given: Any
    ) -> None:
        from vedette import stack
        from vedette.export._write import write

        wanted = given.pop("packs", None)
        plan = read_plan(file, state) if wanted is None else read_packs(file, state, wanted)
        files = target.render(discover(stack, "COMPONENT", Component), plan, **given)
        write(files, folder, force=force, private=target.private)
        if form == "json":
            print_json({"target": name, "folder": str(folder.resolve()), "files": sorted(files)})
            return
        click.echo(f"{len(files)} files written to {folder}")
        if "README.md" in files:
            click.echo(f"next: {folder / 'README.md'} says how to start it")

    return run


def _options(target: Target) -> Callable[[Any], Any]:
    """Give a command the choices of its target."""

    def add(function: Any) -> Any:
        for choice in reversed(target.choices):
            function = _option(choice)(function)
        return pack_option(function) if target.by_pack else function

    return add


def _option(choice: Choice) -> Callable[[Any], Any]:
    values = click.Choice(choice.among) if choice.among else None
    shown = bool(choice.default)
    if choice.many:
        return click.option(f"--{choice.name}", choice.key, multiple=True, help=choice.help)
    return click.option(
        f"--{choice.name}",
        choice.key,
        type=values,
        default=choice.default,
        show_default=shown,
        help=choice.help,
    )
