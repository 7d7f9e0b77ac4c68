"""`vedette init`: ask little, write vedette.yaml."""

import re
from pathlib import Path

import click


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=".")
@click.option("--yes", is_flag=True, help="Ask nothing; take the options and the defaults.")
@click.option("--force", is_flag=True, help="Write over a vedette.yaml that is there.")
@click.option("--name", help="The stack's name; the folder's, if left out.")
@click.option("--target", help="host:port of the first service.")
@click.option("--tell", help="Who is told of alerts: a webhook or an e-mail address.")
def command(
    folder: Path, yes: bool, force: bool, name: str | None, target: str | None, tell: str | None
) -> None:
    """Write a short, commented vedette.yaml into FOLDER."""
    from vedette.planfile.reading import NAME
    from vedette.planfile.starter import Answers, text

    file = folder / NAME
    _check_place(file, force=force)
    usual = _usual_name(folder)
    if not yes:
        name = name or click.prompt("Name of the stack", default=usual)
        if target is None:
            target = _ask("Address of one service (host:port, empty for none)")
        if tell is None:
            tell = _ask("Who is told of alerts (webhook or e-mail address, empty for nobody)")
    _check_tell(tell or "")
    answers = Answers(name=name or usual, target=target or "", tell=tell or "")
    _write(file, text(answers))
    click.echo(f"{file} written")
    click.echo("next: vedette up")


def _ask(question: str) -> str:
    return str(click.prompt(question, default="", show_default=False)).strip()


def _usual_name(folder: Path) -> str:
    return re.sub(r"[\x00-\x1f]", "", folder.resolve().name)[:63] or "vedette"


def _check_place(file: Path, *, force: bool) -> None:
    from vedette.errors import UsageError

    if not file.parent.is_dir():
        problem = f"the folder {file.parent} is not there"
        raise UsageError(problem, hint=f"create it: mkdir -p '{file.parent}'")
    if file.is_dir():
        problem = f"{file} is a folder"
        raise UsageError(problem, hint="move it away")
    if (file.exists() or file.is_symlink()) and not force:
        problem = f"{file} is there already"
        raise UsageError(problem, hint="edit it, or use --force to write over it")


def _check_tell(tell: str) -> None:
    from vedette.errors import UsageError

    if tell and "://" not in tell and "@" not in tell:
        problem = f"{tell!r} is neither a webhook nor an e-mail address"
        raise UsageError(problem, hint="write https://... or you@example.org")


def _write(file: Path, content: str) -> None:
    """Write the file only if it will be accepted as a plan."""
    from vedette import planfile
    from vedette.errors import UsageError

    temporary = file.with_name(f".{file.name}.new")
    try:
        temporary.write_text(content, encoding="utf-8")
        planfile.read(temporary)
        temporary.replace(file)
    except planfile.PlanFileError as error:
        first = error.findings[0]
        raise UsageError(first.message, hint=first.hint) from None
    except (OSError, UnicodeEncodeError) as error:
        problem = f"{file} cannot be written: {getattr(error, 'strerror', None) or error}"
        raise UsageError(problem, hint="choose another folder, or make this one writable") from None
    finally:
        temporary.unlink(missing_ok=True)
