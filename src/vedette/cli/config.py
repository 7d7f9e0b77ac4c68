"""`vedette config`: what the plan came to, whether it is right, what it may say."""

import io
from pathlib import Path

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
    """Print the plan as it was understood, defaults filled in and secrets hidden."""
    from vedette.planfile.show import resolved

    rows = resolved(read_plan(file, state))
    if form == "json":
        print_json(rows)
        return
    from ruamel.yaml import YAML

    stream = io.StringIO()
    yaml = YAML()
    yaml.width = 4096
    yaml.dump(rows, stream)
    click.echo(stream.getvalue(), nl=False)


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
