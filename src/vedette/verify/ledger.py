"""Read the list of what a system promises."""

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError

from vedette.discover import discover
from vedette.errors import UsageError
from vedette.verify import kinds
from vedette.verify.promise import AnyKind, Kind, Promise

NAME = "ledger.yaml"


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of a ledger.

    Args:
        kind: Name of its kind.
        promise: What it says.
    """

    kind: str
    promise: Promise


@dataclass(frozen=True, kw_only=True)
class Ledger:
    """What a system promises.

    Args:
        system: What the system stands for, in a sentence.
        lines: In the file's order.
    """

    system: str
    lines: tuple[Line, ...]


def known() -> Mapping[str, AnyKind]:
    """Return every kind of line, by the key that a line of it begins with."""
    return discover(kinds, "KIND", Kind)


def read(path: Path) -> Ledger:
    """Read a ledger.

    Args:
        path: The file.

    Raises:
        UsageError: it is missing, no YAML, or a line is not what its kind demands.
    """
    try:
        content = YAML().load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        problem = f"there is no ledger {path}"
        raise UsageError(problem, hint="name the folder of a system that has one") from None
    except (OSError, UnicodeDecodeError, MarkedYAMLError) as fault:
        problem = f"{path} cannot be read: {fault}"
        raise UsageError(problem, hint="mend the file") from None
    if not isinstance(content, dict) or not isinstance(content.get("promises"), list):
        problem = f"{path} holds no list of promises"
        raise UsageError(problem, hint="write `system:` and below `promises:` a list")
    rows = content["promises"]
    everything = known()
    lines = tuple(
        _line(row, f"{path}:{rows.lc.item(index)[0] + 1}", everything)
        for index, row in enumerate(rows)
    )
    return Ledger(system=str(content.get("system", path.parent.name)), lines=lines)


def _line(row: Any, place: str, everything: Mapping[str, AnyKind]) -> Line:
    if not isinstance(row, dict):
        problem = f"{place}: {row!r} is no promise"
        raise UsageError(problem, hint=f"begin it with {', '.join(everything)}")
    kind = _kind(row, place, everything)
    try:
        promise = everything[kind].promise.model_validate(_plain(row))
    except ValidationError as fault:
        what = f"{place}: {kind}"
        raise _refused(what, everything[kind].promise, fault) from None
    return Line(kind=kind, promise=promise)


def _kind(row: Mapping[str, Any], place: str, everything: Mapping[str, AnyKind]) -> str:
    # The first key tells: a metric has a key `kind`, and so might others.
    first = str(next(iter(row), ""))
    if first in everything:
        return first
    problem = f"{place}: a promise cannot begin with {first!r}"
    raise UsageError(problem, hint=_nearest(first, list(everything)))


def _refused(what: str, promise: type[Promise], fault: ValidationError) -> UsageError:
    wrong = fault.errors()[0]
    key = ".".join(str(part) for part in wrong["loc"])
    if wrong["type"] == "extra_forbidden":
        problem = f"{what} has no key {key!r}"
        return UsageError(problem, hint=_nearest(key, list(promise.model_fields)))
    problem = f"{what}: {key or 'the line'}: {wrong['msg']}"
    field = promise.model_fields.get(key)
    return UsageError(problem, hint=(field and field.description) or "see docs/reference/ledger.md")


def _nearest(word: str, all_words: Sequence[str]) -> str:
    near = difflib.get_close_matches(word, all_words, n=1)
    return f"did you mean {near[0]!r}?" if near else f"there are {', '.join(all_words)}"


def _plain(value: Any) -> Any:
    """Return what ruamel read as the plain types that pydantic knows."""
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    if isinstance(value, bool) or value is None:
        return value
    return next((kind(value) for kind in (int, float, str) if isinstance(value, kind)), value)
