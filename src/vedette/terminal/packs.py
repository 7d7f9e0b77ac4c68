"""The packs that a command is about: those that are named, else the plan's, else all."""

import difflib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import click

from vedette.errors import UsageError
from vedette.model.pack import Pack
from vedette.model.plan import Plan
from vedette.terminal.plan import read_plan

F = TypeVar("F", bound=Callable[..., Any])


def pack_option(command: F) -> F:
    """Give a command `--pack`, which may be said several times."""
    return click.option(
        "--pack",
        "packs",
        multiple=True,
        metavar="NAME",
        help="Only this pack, whether the plan has it or not; without it those of the plan, or "
        "all where there is no plan file.",
    )(command)


def read_packs(file: Path | None, state: Path | None, wanted: Sequence[str]) -> Plan:
    """Return the plan with the packs that are asked for, and limits for all of them.

    Args:
        file: Value of `--file`.
        state: Value of `--state`.
        wanted: Values of `--pack`.

    Raises:
        PlanFileError: the file is wrong.
        UsageError: there is no pack of that name.
    """
    from vedette import planfile
    from vedette.planfile.registry import installed

    plan = read_plan(file, state)
    known = {**installed().packs, **plan.packs}
    chosen: Mapping[str, Pack] = plan.packs
    if wanted:
        chosen = {name: _known(name, known) for name in dict.fromkeys(wanted)}
    elif file is None and planfile.find(Path.cwd()) is None:
        chosen = known
    limits = {each.name: each.default for pack in chosen.values() for each in pack.thresholds}
    return replace(plan, packs=chosen, thresholds={**limits, **plan.thresholds})


def _known(name: str, known: Mapping[str, Pack]) -> Pack:
    if name in known:
        return known[name]
    near = difflib.get_close_matches(name, known, n=1)
    guess = f"did you mean {near[0]!r}? " if near else ""
    problem = f"there is no pack {name!r}"
    raise UsageError(problem, hint=f"{guess}known: {', '.join(sorted(known))}")
