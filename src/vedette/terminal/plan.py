"""The options by which a command finds its plan."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import click

from vedette.model.plan import Plan

F = TypeVar("F", bound=Callable[..., Any])

_file = click.option(
    "--file",
    "file",
    type=click.Path(path_type=Path),
    help="The plan file; without it vedette.yaml here or in a folder above.",
)
_state = click.option(
    "--state",
    "state",
    type=click.Path(path_type=Path),
    help="The state folder; without it the one of the plan.",
)


def plan_options(command: F) -> F:
    """Give a command `--file` and `--state`."""
    return _file(_state(command))


def read_plan(file: Path | None, state: Path | None) -> Plan:
    """Return the plan that the options name.

    Args:
        file: Value of `--file`.
        state: Value of `--state`.

    Raises:
        PlanFileError: the file is wrong; it holds every finding.
    """
    from vedette import planfile

    plan = planfile.read(file)
    return plan if state is None else replace(plan, state=state.expanduser().absolute())
