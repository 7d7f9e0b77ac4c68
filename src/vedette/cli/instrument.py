"""`vedette instrument`: run a program with what it uses instrumented."""

from typing import Any

import click

from vedette.terminal.output import format_option, print_json


@click.command(
    "instrument",
    short_help="Run a program with what it uses instrumented.",
    context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False},
)
@click.option("--list", "listing", is_flag=True, help="Show what can be watched, and run nothing.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    help="Serve /metrics here, on loopback; 0 picks a free port.",
)
@click.option("--no", "without", multiple=True, metavar="NAME", help="Leave one out of the list.")
@click.option(
    "--processes", is_flag=True, help="Tell of all processes that it starts; costs more per event."
)
@format_option
@click.argument("command_words", nargs=-1, type=click.UNPROCESSED, metavar="[COMMAND...]")
def command(
    *,
    listing: bool,
    port: int | None,
    without: tuple[str, ...],
    processes: bool,
    form: str,
    command_words: tuple[str, ...],
) -> None:
    """Run a program, and its children, with what it uses instrumented; no code is changed.

    It works for `python app.py`, `uvicorn app:app`, gunicorn, celery and any other Python
    program whose interpreter has vedette. A web application serves its metrics at /metrics;
    another program gets a port on loopback, which is said. Exit code and signals are the
    program's own.
    """
    if listing:
        _list(form)
        return
    if not command_words:
        message = "Missing argument 'COMMAND...': what is to be run? For example: python app.py"
        raise click.UsageError(message)
    from vedette.injection import launch
    from vedette.process.become import become

    program = launch.find(command_words)
    launch.check(program)
    if not program.python:
        note = "is not a Python program; Python programs that it starts are watched"
        click.echo(f"vedette: {command_words[0]} {note}", err=True)
    added = launch.environment(program, without=without, port=port, several=processes)
    become(program.path, (command_words[0], *program.arguments), added)


def _list(form: str) -> None:
    from importlib.util import find_spec

    from vedette import integrations
    from vedette.discover import discover
    from vedette.model.integration import Integration

    rows: list[dict[str, Any]] = [
        {
            "name": name,
            "title": one.title,
            "library": one.library,
            "installed": find_spec(one.library.partition(".")[0]) is not None,
            "automatic": one.automatic,
            "summary": one.summary,
        }
        for name, one in discover(integrations, "INTEGRATION", Integration).items()
    ]
    if form == "json":
        print_json({"integrations": rows})
        return
    width = max(len(row["name"]) for row in rows)
    for row in rows:
        state = "" if row["automatic"] else " (by hand: call instrument() in the code)"
        state = state if row["installed"] else " (not installed here)"
        click.echo(f"{row['name']:{width}}  {row['summary']}{state}")
