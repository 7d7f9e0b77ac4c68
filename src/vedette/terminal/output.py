"""One way to print a result, and one option that every printing command has."""

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

import click
from rich.console import Console
from rich.table import Table

from vedette import settings
from vedette.model.finding import Finding

F = TypeVar("F", bound=Callable[..., Any])
_STYLES = {"error": "bold red", "warning": "yellow", "info": "cyan"}

format_option = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Text for people or JSON for programs.",
)


def screen(*, stderr: bool = False) -> Console:
    """Return the terminal; without colours where the user or the pipe wants none."""
    return Console(
        stderr=stderr, no_color=settings.read().no_color or None, highlight=False, soft_wrap=True
    )


def print_json(value: object) -> None:
    """Print one JSON document on standard output."""
    click.echo(json.dumps(value, indent=2, default=str, ensure_ascii=False))


def print_table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print rows under headings, columns aligned, without a frame."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in headings:
        table.add_column(heading, overflow="fold")
    for row in rows:
        table.add_row(*row)
    screen().print(table)


def print_findings(findings: Sequence[Finding]) -> None:
    """Print findings for people: place, level, rule, message, hint."""
    console = screen()
    for finding in findings:
        style = _STYLES[finding.level]
        console.print(f"{finding.place()}: [{style}]{finding.level}[/] ", end="", markup=True)
        console.print(f"{finding.message} ({finding.rule})", markup=False)
        console.print(f"  hint: {finding.hint}", markup=False)


def findings_json(findings: Sequence[Finding]) -> dict[str, Any]:
    """Return findings as the one JSON object that every checking command prints."""
    rows = [
        {
            "rule": finding.rule,
            "severity": finding.level,
            "file": finding.file,
            "line": finding.line,
            "column": finding.column,
            "subject": finding.subject,
            "message": finding.message,
            "hint": finding.hint,
        }
        for finding in findings
    ]
    counts = {
        level: sum(finding.level == level for finding in findings)
        for level in ("error", "warning", "info")
    }
    return {"findings": rows, "summary": counts}


def exit_code(findings: Iterable[Finding]) -> int:
    """Return 1 where a finding is an error or a warning, else 0."""
    return int(any(finding.level in {"error", "warning"} for finding in findings))
