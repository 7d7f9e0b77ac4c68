"""Every knob that the environment can turn, its default and its help, in one table."""

import difflib
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, cast, get_args, get_type_hints

from vedette.errors import UsageError

PREFIX = "VEDETTE_"


@dataclass(frozen=True, kw_only=True)
class Setting:
    """One knob: its name without the prefix, its type, its default and its help."""

    name: str
    kind: type
    default: Any
    help: str


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What the environment says; each field can be set as VEDETTE_<NAME>."""

    file: Path | None = None
    cache: Path | None = None
    state: Path | None = None
    programs: Path | None = None
    offline: bool = False
    connect_seconds: float = 3.0
    stack: str = ""
    handover_seconds: float = 2.0
    handover_every: float = 15.0
    no_color: bool = False
    model: str = ""
    model_version: str = ""
    instrument: str = ""
    label_sets_warn: int = 100
    label_sets_limit: int = 1000


_HELP = {
    "file": "The plan file, instead of vedette.yaml here or in a folder above.",
    "cache": "Where downloaded programs are kept.",
    "state": "Where a stack keeps its data, configuration and logs.",
    "programs": "A folder that is searched for programs before anything is downloaded.",
    "offline": "1 to never use the network to get a program.",
    "connect_seconds": "How long a connection to a download server may take, in seconds.",
    "stack": "The running stack that jobs and marks are handed to: its console's address, or its"
    " state folder.",
    "handover_seconds": "How long a job that ends, or a mark, waits for the stack to take it.",
    "handover_every": "How often a long job hands over what it has so far, in seconds; 0 for only"
    " at its end.",
    "no_color": "1 to print without colours (NO_COLOR does the same).",
    "model": "The label model of what a program records, where it names no model itself.",
    "model_version": "The label model_version, in the same way.",
    "instrument": "What `vedette instrument` tells the programs that it runs; not set by hand.",
    "label_sets_warn": "Label sets of one metric that a program's log warns of; 0 for never.",
    "label_sets_limit": "Label sets of one metric beyond which new ones become other; 0 for none.",
}


_WORDS = {float: "a float", int: "an int"}


def table() -> tuple[Setting, ...]:
    """Return every setting, in the order in which the documentation lists them."""
    hints = get_type_hints(Settings)
    return tuple(
        Setting(
            name=field.name,
            kind=_kind(hints[field.name]),
            default=field.default,
            help=_HELP[field.name],
        )
        for field in fields(Settings)
    )


def _kind(hint: Any) -> type:
    """Return the type of a field, without the None of one that may be left out."""
    kinds = [kind for kind in get_args(hint) or (hint,) if kind is not type(None)]
    return cast("type", kinds[0])


def read(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings from the environment.

    Args:
        environ: Variables to read instead of the process's own.

    Raises:
        UsageError: a VEDETTE_ variable is unknown or not of its type.
    """
    settings, faults = read_kindly(environ)
    if faults:
        raise faults[0]
    return settings


def read_kindly(
    environ: Mapping[str, str] | None = None,
) -> tuple[Settings, tuple[UsageError, ...]]:
    """Read the settings for a program that must not end because one of them is wrong.

    Args:
        environ: Variables to read instead of the process's own.

    Returns:
        What could be read, and what is wrong with the variables that were left out.
    """
    given = dict(os.environ if environ is None else environ)
    rows = {row.name: row for row in table()}
    values: dict[str, Any] = {}
    faults: list[UsageError] = []
    for variable, text in given.items():
        if not variable.startswith(PREFIX):
            continue
        name = variable.removeprefix(PREFIX).lower()
        try:
            values[name] = _read_one(variable, text, rows)
        except UsageError as fault:
            faults.append(fault)
    if given.get("NO_COLOR"):
        values["no_color"] = True
    return Settings(**values), tuple(faults)


def environment(name: str) -> str | None:
    """Return one environment variable that a plan file refers to, or None."""
    return os.environ.get(name)


def child_environment(**added: str) -> dict[str, str]:
    """Return the environment for a program that the stack starts."""
    return {**os.environ, **added}


def hand_down(name: str, text: str) -> None:
    """Set an environment variable for this process and for those that it starts from now on."""
    os.environ[name] = text


def interpreter() -> str:
    """Return the Python that runs Vedette."""
    return sys.executable


def _read_one(variable: str, text: str, rows: Mapping[str, Setting]) -> Any:
    name = variable.removeprefix(PREFIX).lower()
    if name not in rows:
        problem = f"unknown setting {variable}"
        raise UsageError(problem, hint=_nearest(name, rows))
    return _convert(variable, text, rows[name])


def _nearest(name: str, rows: Mapping[str, Setting]) -> str:
    near = difflib.get_close_matches(name, rows, n=1)
    if near:
        return f"did you mean {PREFIX}{near[0].upper()}?"
    return "known: " + ", ".join(PREFIX + known.upper() for known in rows)


def _convert(variable: str, text: str, row: Setting) -> Any:
    if row.kind is bool:
        return _boolean(variable, text)
    try:
        return row.kind(text)
    except ValueError:
        problem = f"{variable}={text!r} is not {_WORDS[row.kind]}"
        raise UsageError(problem, hint=row.help) from None


def _boolean(variable: str, text: str) -> bool:
    words = {
        "1": True,
        "true": True,
        "yes": True,
        "0": False,
        "false": False,
        "no": False,
        "": False,
    }
    if text.lower() not in words:
        problem = f"{variable}={text!r} is neither yes nor no"
        raise UsageError(problem, hint="write 1 or 0")
    return words[text.lower()]
