"""`vedette mark`: show on every dashboard that something happened."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from vedette.terminal.output import format_option, print_json, print_table
from vedette.terminal.plan import plan_options

if TYPE_CHECKING:
    from vedette.model.mark import Mark

_LIST = "list"
# Clocks of two machines differ by as much; the future is not marked.
_SKEW = 60.0


@click.command("mark", short_help="Show on every dashboard that something happened.")
@click.argument("kind")
@click.argument("text", default="")
@click.option("--at", default="", help="When: 2026-05-04T10:30, 10:30, 15m (ago); else now.")
@click.option("--module", default="", help="The module that it happened to.")
@click.option("--model", default="", help="The model that it happened to.")
@plan_options
@format_option
def command(**options: Any) -> None:
    """Mark a deployment, an incident or a training with a few words of TEXT.

    KIND is `deployment`, `incident` or `training`; `vedette mark list` shows what was marked.
    Where no stack runs, the mark is kept, and shown at its own time once one does.
    """
    if options["kind"] == _LIST and not options["text"]:
        _show(options)
    else:
        _set(options)


def _set(options: dict[str, Any]) -> None:
    from vedette.errors import VedetteError
    from vedette.sdk import marks

    made = marks.make(
        _kind(options["kind"]),
        _text(options["text"]),
        at=_at(options["at"]),
        module=options["module"],
        model=options["model"],
    )
    delivery = marks.send(made, _place(options["file"], options["state"]))
    if delivery.outcome == "lost":
        problem = f"the mark could not be handed over: {delivery.reason}"
        raise VedetteError(problem, hint="start the stack with `vedette up`, or free the disk")
    if options["form"] == "json":
        print_json({**made.__dict__, "taken": delivery.outcome == "taken"})
        return
    from vedette.terminal.moment import written

    click.echo(f"marked {made.kind} at {written(made.at)}: {made.text}")
    if delivery.outcome == "kept":
        click.echo(f"no stack took it yet ({delivery.reason}); it is kept until one runs", err=True)


def _show(options: dict[str, Any]) -> None:
    from vedette.terminal.moment import written
    from vedette.terminal.state import find_state

    found = _stored(find_state(options["file"], options["state"]))
    if options["form"] == "json":
        print_json([mark.__dict__ for mark in found])
    elif found:
        headings = ("TIME", "KIND", "TEXT", "MODULE", "MODEL")
        print_table(headings, [(written(m.at), m.kind, m.text, m.module, m.model) for m in found])
    else:
        click.echo('nothing is marked yet: vedette mark deployment "what was deployed"')


def _stored(state: Path) -> "tuple[Mark, ...]":
    from vedette.store.database import NAME, Database
    from vedette.store.marks import between

    if not (state / NAME).is_file():
        return ()
    database = Database(state / NAME)
    try:
        return between(database, 0, _now().timestamp() + _SKEW)
    finally:
        database.close()


def _place(file: Path | None, state: Path | None) -> Any:
    from vedette import settings
    from vedette.sdk import handover_place
    from vedette.terminal.state import find_state

    if settings.read().stack and file is None and state is None:
        return handover_place.find(settings.read(), Path.cwd())
    folder = find_state(file, state)
    # Where no stack was ever started, the mark waits for whichever comes.
    return handover_place.at(folder) if folder.is_dir() else handover_place.nowhere()


def _kind(word: str) -> str:
    import difflib

    from vedette.errors import UsageError
    from vedette.model.mark import KINDS

    if word in KINDS:
        return word
    near = difflib.get_close_matches(word, [*KINDS, _LIST], n=1)
    problem = f"{word!r} is no kind of mark"
    hint = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(KINDS)}"
    raise UsageError(problem, hint=hint)


def _text(words: str) -> str:
    from vedette.errors import UsageError
    from vedette.model.mark import LONGEST_TEXT

    if not words.strip():
        problem = "the mark has no text"
        raise UsageError(problem, hint='say what happened: "v2 to all users"')
    if len(words) > LONGEST_TEXT:
        problem = f"the text has {len(words)} characters; a mark holds {LONGEST_TEXT}"
        raise UsageError(problem, hint="say it in a few words")
    return words.strip()


def _at(words: str) -> float:
    from vedette.errors import UsageError
    from vedette.terminal.moment import moment

    now = _now()
    at = moment(words, now) if words else now.timestamp()
    if not 0 < at <= now.timestamp() + _SKEW:
        problem = f"{words!r} is not a moment of the past"
        raise UsageError(problem, hint="mark what has happened; without --at it happened now")
    return at


def _now() -> datetime:
    return datetime.now(UTC).astimezone()
