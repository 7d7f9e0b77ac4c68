"""`vedette clean`: remove what a stack left, and the samples only when asked to."""

import shutil
from pathlib import Path

import click

from vedette.terminal.output import format_option, print_json
from vedette.terminal.plan import plan_options

# `config` is a link to a generation of it beside; a broken start can leave another one.
_MADE_AGAIN = ("config", ".config", "config-*", "logs", "run", "events.jsonl")
_KEPT = ("data", "secrets", "vedette.db*", "spool", "handover.json", "version")


@click.command("clean")
@click.option("--data", is_flag=True, help="Remove the samples and everything else, too.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@plan_options
@format_option
def command(data: bool, yes: bool, file: Path | None, state: Path | None, form: str) -> None:
    """Remove the stack's configuration and logs; with --data everything that it stored."""
    from vedette.terminal.state import find_state

    folder = find_state(file, state)
    _refuse_while_running(folder)
    _refuse_what_is_not_ours(folder)
    patterns = _MADE_AGAIN + _KEPT if data else _MADE_AGAIN
    doomed = [path for pattern in patterns for path in sorted(folder.glob(pattern))]
    if doomed and not yes:
        what = "everything that the stack stored" if data else "configuration and logs"
        _ask(f"Remove {what} in {folder}?")
    _remove(doomed)
    if data and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
    if form == "json":
        print_json({"state": str(folder), "removed": [path.name for path in doomed]})
    else:
        names_removed = ", ".join(path.name for path in doomed)
        click.echo(f"removed {names_removed} from {folder}" if doomed else f"{folder} is clean")


def _ask(question: str) -> None:
    from vedette.errors import UsageError

    try:
        agreed = click.confirm(question, err=True)
    except click.Abort:  # Ctrl-C, or nobody is there to answer
        click.echo(err=True)
        problem = "there was no answer, so nothing was removed"
        raise UsageError(problem, hint="add --yes where nobody can be asked") from None
    if not agreed:
        click.echo("nothing was removed", err=True)
        raise click.exceptions.Exit(1)


def _refuse_while_running(folder: Path) -> None:
    from vedette.errors import InUseError
    from vedette.supervisor.folder import StateFolder

    holder = StateFolder(folder).holder()
    if holder is not None:
        problem = f"the stack in {folder} runs (process {holder.pid})"
        raise InUseError(problem, hint="stop it first: vedette down")


def _refuse_what_is_not_ours(folder: Path) -> None:
    from vedette.errors import UsageError

    if folder.exists() and not (folder / "version").is_file() and any(folder.iterdir()):
        problem = f"{folder} is not a state folder of Vedette: it has no file `version`"
        raise UsageError(problem, hint="name the right one with --state")


def _remove(paths: list[Path]) -> None:
    from vedette.errors import UsageError

    for path in paths:
        try:
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink()
        except OSError as error:
            problem = f"cannot remove {path}: {error.strerror}"
            raise UsageError(problem, hint="mend its rights, or remove it by hand") from None
