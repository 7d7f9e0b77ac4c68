"""The click group: commands are imported when they are asked for."""

import difflib

import click

from vedette import __version__, cli
from vedette.discover import load, names


class _Commands(click.Group):
    """Commands by the name of their module; `_` in a module becomes `-`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands without importing them."""
        del ctx
        return [name.replace("_", "-") for name in names(cli)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command, or None if there is none of that name."""
        if cmd_name not in self.list_commands(ctx):
            return None
        return load(cli, cmd_name.replace("-", "_"), constant="command", kind=click.Command)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; a misspelt one is answered with the nearest."""
        if args and args[0] not in self.list_commands(ctx) and not args[0].startswith("-"):
            near = difflib.get_close_matches(args[0], self.list_commands(ctx), n=1)
            guess = f" Did you mean {near[0]!r}?" if near else ""
            ctx.fail(f"No such command {args[0]!r}.{guess}")
        return super().resolve_command(ctx, args)


@click.command(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="vedette")
def group() -> None:
    """Watch machine-learning systems, and prove that the watch is awake."""
