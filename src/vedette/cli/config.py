"""`vedette config`: what the plan came to, whether it is right, what it may say."""

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from vedette.terminal.output import (
    exit_code,
    findings_json,
    format_option,
    print_findings,
    print_json,
)
from vedette.terminal.plan import plan_options, read_plan


@click.group()
def command() -> None:
    """Show, check and describe vedette.yaml."""


@command.command()
@plan_options
@format_option
def show(file: Path | None, state: Path | None, form: str) -> None:
    """Print the plan as it was understood, and where each value came from; no secrets."""
    from vedette import planfile, settings
    from vedette.planfile.origins import origins
    from vedette.planfile.show import resolved

    rows = resolved(read_plan(file, state))
    where = origins(planfile.examine(file), settings.read())
    if state is not None:
        where["state"] = "--state"
    if form == "json":
        print_json({**rows, "origins": where})
    else:
        click.echo(_yaml(rows, where), nl=False)


def _yaml(rows: Mapping[str, Any], where: Mapping[str, str]) -> str:
    """Return the plan as YAML, the origin of each value beside it."""
    from ruamel.yaml import YAML
    from ruamel.yaml.comments import CommentedMap, CommentedSeq

    top = CommentedMap(rows)
    for key, value in rows.items():
        top.yaml_add_eol_comment(where[key], key, column=0)
        if isinstance(value, dict) and any(f"{key}.{name}" in where for name in value):
            top[key] = CommentedMap(value)
            for name in value:
                top[key].yaml_add_eol_comment(where[f"{key}.{name}"], name, column=0)
        elif key == "modules" and value:
            top[key] = CommentedSeq(CommentedMap(module) for module in value)
            for at, module in enumerate(top[key]):
                module.yaml_add_eol_comment(where[f"modules[{at}]"], "name", column=0)
    stream = io.StringIO()
    yaml = YAML()
    yaml.width = 4096
    yaml.dump(top, stream)
    return stream.getvalue()


@command.command()
@click.option(
    "--file",
    type=click.Path(path_type=Path),
    help="The plan file; without it vedette.yaml here or in a folder above.",
)
@format_option
def check(file: Path | None, form: str) -> None:
    """Say what is wrong with a plan file; the exit code is 1 where something is."""
    from vedette import planfile

    try:
        reading = planfile.examine(file)
        findings, path = reading.findings, reading.path
    except planfile.PlanFileError as error:
        findings, path = error.findings, file
    if form == "json":
        print_json(findings_json(findings))
    elif findings:
        print_findings(findings)
    else:
        click.echo(f"{path}: fine" if path else "no plan file: the defaults are fine")
    raise SystemExit(exit_code(findings))


@command.command()
def schema() -> None:
    """Print the JSON schema of vedette.yaml, for editors."""
    from vedette.planfile.editors import json_schema
    from vedette.planfile.registry import installed

    print_json(json_schema(installed()))
