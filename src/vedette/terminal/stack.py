"""Show the programs of a stack: as rows, as a live table, as addresses to open."""

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Group
from rich.table import Table
from rich.text import Text

from vedette.model.unit import humanise

Status = Mapping[str, Any]

HEADINGS = ("PROGRAM", "STATE", "PORT", "PID", "VERSION", "UP", "CPU", "MEMORY", "RESTARTS")
_STYLES = {
    "ready": "green",
    "starting": "cyan",
    "waiting": "dim",
    "backoff": "yellow",
    "crashed": "bold red",
    "stopped": "dim",
}
_MINUTE, _HOUR, _DAY = 60, 3600, 86400


def cells(row: Mapping[str, Any]) -> tuple[str, ...]:
    """Return one program's cells for `HEADINGS`."""
    lives = row["pid"] is not None
    return (
        str(row["name"]),
        str(row["state"]),
        str(row["port"] or "-"),
        str(row["pid"] or "-"),
        str(row["version"] or "-"),
        _age(float(row["uptime_seconds"])) if lives else "-",
        f"{row['cpu_percent']:.1f} %" if lives else "-",
        humanise(float(row["memory_bytes"]), "bytes") if lives else "-",
        str(row["restarts"]),
    )


def table(status: Status) -> Table:
    """Return the table of programs, each state in its colour."""
    result = Table(box=None, pad_edge=False, header_style="bold")
    for heading in HEADINGS:
        result.add_column(heading, no_wrap=True)
    for row in status["programs"]:
        first, state, *rest = cells(row)
        result.add_row(first, Text(state, style=_STYLES.get(state, "")), *rest)
    return result


def complaints(status: Status) -> list[str]:
    """Return one line per program that is not ready and says why."""
    return [
        f"{row['name']}: {row['detail']}"
        for row in status["programs"]
        if row["detail"] and row["state"] != "ready"
    ]


def urls(status: Status) -> dict[str, str]:
    """Return the address of each program that has one."""
    return {row["name"]: row["url"] for row in status["programs"] if row["url"]}


def where(status: Status) -> list[str]:
    """Return the lines that say where to look, the console first."""
    places = urls(status)
    titles = {row["name"]: row["title"] for row in status["programs"]}
    order = sorted(places, key=lambda name: (name != "console", name))
    wide = max((len(titles[name]) for name in order), default=0)
    return [f"{titles[name]:{wide}}  {places[name]}" for name in order]


def live(status: Status, targets: Sequence[Any], alerts: Sequence[str]) -> Group:
    """Return the picture that `vedette up` keeps on the screen.

    Args:
        status: Of the programs.
        targets: As `clients.prometheus` gives them.
        alerts: One line per alert that is pending or firing.
    """
    up = sum(target.health == "up" for target in targets)
    down = [target for target in targets if target.health == "down"]
    lines = [Text(line, style="yellow") for line in complaints(status)]
    lines.append(Text(""))
    lines.append(Text(f"targets  {up} of {len(targets)} answer", style="red" if down else "green"))
    lines += [Text(f"  {target.job} {target.instance}: {target.error}") for target in down]
    lines.append(Text(f"alerts   {len(alerts) or 'none'}", style="red" if alerts else "green"))
    lines += [Text(f"  {alert}") for alert in alerts]
    return Group(table(status), *lines, Text("\nCtrl-C stops everything", style="dim"))


def _age(seconds: float) -> str:
    if seconds < _MINUTE:
        return f"{seconds:.0f} s"
    if seconds < _HOUR:
        return f"{seconds // _MINUTE:.0f} min"
    if seconds < _DAY:
        return f"{seconds // _HOUR:.0f} h {seconds % _HOUR // _MINUTE:.0f} min"
    return f"{seconds // _DAY:.0f} d {seconds % _DAY // _HOUR:.0f} h"
