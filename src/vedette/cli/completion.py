"""`vedette completion`: complete commands and options in a shell."""

import click
from click.shell_completion import get_completion_class

# The sign \b keeps click from filling the lines that follow.
_HELP = """Print what completes `vedette` in SHELL.

\b
bash: echo 'eval "$(vedette completion bash)"' >> ~/.bashrc
zsh:  echo 'eval "$(vedette completion zsh)"' >> ~/.zshrc
fish: vedette completion fish > ~/.config/fish/completions/vedette.fish
"""


@click.command("completion", help=_HELP)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def command(shell: str) -> None:
    """Print the completion script of one shell."""
    group = click.get_current_context().find_root().command
    kind = get_completion_class(shell)
    if kind is None:
        message = f"this version of click cannot complete {shell}"
        raise click.UsageError(message)
    complete = kind(group, {}, "vedette", "_VEDETTE_COMPLETE")
    click.echo(complete.source_template % complete.source_vars())
