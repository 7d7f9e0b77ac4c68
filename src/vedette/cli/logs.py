"""`vedette logs`: read and follow what the programs print."""

import re
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vedette.terminal.output import format_option, print_json
from vedette.terminal.plan import plan_options

if TYPE_CHECKING:  # read only when the command runs
    from vedette.supervisor.logs import Follower

_POLL_SECONDS = 0.25


@click.command("logs")
@click.argument("program", required=False)
@click.option("-f", "--follow", is_flag=True, help="Go on with what comes, until Ctrl-C.")
@click.option("--grep", "pattern", default="", help="Only lines in which this regex is found.")
@click.option("-n", "--lines", default=20, show_default=True, help="Lines of each log at first.")
@plan_options
@format_option
def command(
    program: str | None,
    follow: bool,
    pattern: str,
    lines: int,
    file: Path | None,
    state: Path | None,
    form: str,
) -> None:
    """Print the last lines of PROGRAM's log, or of every log."""
    from vedette.supervisor.logs import Follower, tail
    from vedette.terminal.state import find_state

    _check(pattern)
    logs = _logs(find_state(file, state) / "logs", program)
    # Followed from here on, so that no line is lost or printed twice in between.
    followers = {name: Follower(path) for name, path in logs.items()}
    tails = {
        name: tail(path, lines, until=followers[name].offset, pattern=pattern)
        for name, path in logs.items()
    }
    if form == "json":
        print_json(tails)
        return
    width = max(map(len, logs)) if len(logs) > 1 else 0
    for name, rows in tails.items():
        _print(name, rows, width)
    if follow:
        _follow(followers, pattern, width)


def _check(pattern: str) -> None:
    from vedette.errors import UsageError

    try:
        re.compile(pattern)
    except re.error as error:
        problem = f"--grep {pattern!r} is not a regular expression: {error}"
        raise UsageError(problem, hint="put \\ before a sign that means itself") from None


def _logs(folder: Path, program: str | None) -> dict[str, Path]:
    from vedette.errors import UsageError

    logs = {path.stem: path for path in sorted(folder.glob("*.log"))}
    if not logs:
        problem = f"there are no logs in {folder}"
        raise UsageError(problem, hint="start the stack with `vedette up`, or name it with --state")
    if program is None:
        return logs
    if program not in logs:
        problem = f"there is no log of {program!r}"
        raise UsageError(problem, hint=f"there are logs of {', '.join(logs)}")
    return {program: logs[program]}


def _print(name: str, rows: Iterable[str], width: int) -> None:
    for row in rows:
        click.echo(f"{name:<{width}}  {row}" if width else row)


def _follow(followers: Mapping[str, "Follower"], pattern: str, width: int) -> None:
    wanted = re.compile(pattern)
    while True:
        for name, follower in followers.items():
            _print(name, filter(wanted.search, follower.lines()), width)
        time.sleep(_POLL_SECONDS)
