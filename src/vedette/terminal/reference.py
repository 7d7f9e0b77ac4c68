"""The reference page of the commands, generated from the commands."""

import inspect
import re
import textwrap

import click

from vedette import errors

# click's mark for a paragraph whose lines stay as they are
_KEPT = re.compile(r"\x08\n((?:.+\n?)+)")
_HEAD = """# Commands

Generated from the commands themselves by `make docs`; a test compares the two.

Every command that prints has `--format text|json`, and `-h` explains it. Messages go to
standard error, results to standard output.
"""
_CODES = (
    (0, "it worked, nothing to complain about"),
    (errors.VedetteError.exit_code, "it ran, and found or met a fault"),
    (errors.UsageError.exit_code, "the command, the plan file or a setting is wrong"),
    (errors.ProgramMissingError.exit_code, "a program is missing and could not be got"),
    (errors.InUseError.exit_code, "a port, a folder or a lock is in use"),
    (
        errors.ProgramFailedError.exit_code,
        "a program of the stack did not start or did not stay up",
    ),
    (130, "interrupted"),
)


def commands(group: click.Group) -> str:
    """Return the Markdown page for every command of `group`, subcommands included."""
    context = click.Context(group, info_name="vedette")
    sections = [_HEAD, _exit_codes()]
    for name in sorted(group.list_commands(context)):
        command = group.get_command(context, name)
        if command is not None and not command.hidden:
            sections.extend(_sections(command, context, name))
    return "\n".join(sections).rstrip() + "\n"


def _exit_codes() -> str:
    rows = "\n".join(f"| {code} | {meaning} |" for code, meaning in _CODES)
    return f"## Exit codes\n\n| code | meaning |\n|---|---|\n{rows}\n"


def _sections(command: click.Command, parent: click.Context, name: str) -> list[str]:
    context = click.Context(command, info_name=name, parent=parent)
    sections = [_section(command, context)]
    if isinstance(command, click.Group):
        for child in sorted(command.list_commands(context)):
            below = command.get_command(context, child)
            if below is not None:
                sections.extend(_sections(below, context, child))
    return sections


def _section(command: click.Command, context: click.Context) -> str:
    usage = " ".join(command.collect_usage_pieces(context))
    path = context.command_path
    whole = inspect.cleandoc(command.help or "")
    text = _KEPT.sub(lambda found: textwrap.indent(found[1], "    "), whole).strip()
    lines = [f"## `{path}`", "", text, "", f"    {path} {usage}", ""]
    options = [
        record
        for parameter in command.get_params(context)
        if (record := parameter.get_help_record(context)) and "--help" not in record[0]
    ]
    if options:
        lines += ["| option | meaning |", "|---|---|"]
        lines += [f"| `{_cell(name)}` | {_cell(text)} |" for name, text in options]
        lines.append("")
    return "\n".join(lines)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
