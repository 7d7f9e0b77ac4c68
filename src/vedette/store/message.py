"""What a job or a mark hands over: read from JSON that nobody vouches for."""

import json
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NoReturn, TypeVar

from vedette.errors import UsageError
from vedette.model.mark import KINDS, LONGEST_TEXT, Mark

FORMAT = 1
ENDED = frozenset({"success", "failed"})
STATUSES = ENDED | {"running"}
_ID = re.compile(r"[0-9a-f]{32}\Z")
_NAME = re.compile(r"[a-zA-Z_:][a-zA-Z0-9_:]*\Z")
_LABEL = re.compile(r"(?!__)[a-zA-Z_][a-zA-Z0-9_]*\Z")
_LONGEST = 1000
_ADDING_SUFFIXES = {
    "histogram": ("_bucket", "_sum", "_count"),
    "summary": ("_sum", "_count"),
}
T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Sample:
    """One value of a job.

    Args:
        family: Name of its metric family, as its TYPE line has it.
        kind: `counter`, `gauge`, `histogram`, `summary` or `untyped`.
        help: The family's help.
        name: Its own name, as `x_bucket`.
        labels: Its labels.
        value: What it is since the run began.
    """

    family: str
    kind: str
    help: str
    name: str
    labels: Mapping[str, str]
    value: float

    @property
    def adds(self) -> bool:
        """True where the values of several runs add up, False where the last one counts."""
        if self.kind == "counter":
            return True
        suffixes = _ADDING_SUFFIXES.get(self.kind, ())
        return self.name.removeprefix(self.family) in suffixes


@dataclass(frozen=True, kw_only=True)
class Handover:
    """What one run of a job has to say.

    Args:
        id: Of the run.
        number: Rises with every handover of the run.
        job: The job's name.
        labels: Labels of every value of it.
        status: `running`, `success` or `failed`.
        seconds: How long it runs, or ran.
        sent: When it was said, Unix seconds.
        samples: Every value since the run began.
    """

    id: str
    number: int
    job: str
    labels: Mapping[str, str]
    status: str
    seconds: float
    sent: float
    samples: tuple[Sample, ...]


def read(text: str | bytes) -> Handover | Mark:
    """Return what a message says.

    Raises:
        UsageError: it is no message, or one of another version.
    """
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        _refuse("it is no JSON")
    form = _field(value, "format", _whole)
    if form != FORMAT:
        hint = "let the job and the stack run one version of Vedette"
        problem = f"a message of format {form} is not understood"
        raise UsageError(problem, hint=hint)
    return _mark(value["mark"]) if "mark" in value else _handover(value)


def _handover(value: Any) -> Handover:
    status = _field(value, "status", _text)
    if status not in STATUSES:
        _refuse(f"its status is {status!r}")
    families = _field(value, "families", _list)
    return Handover(
        id=_field(value, "id", _id),
        number=_field(value, "number", _whole),
        job=_field(value, "job", _filled),
        labels=_field(value, "labels", _labels),
        status=status,
        seconds=_field(value, "seconds", _finite),
        sent=_field(value, "sent", _finite),
        samples=tuple(sample for family in families for sample in _samples(family)),
    )


def _mark(value: Any) -> Mark:
    kind = _field(value, "kind", _text)
    if kind not in KINDS:
        _refuse(f"its kind is {kind!r}")
    return Mark(
        id=_field(value, "id", _id),
        kind=kind,
        text=_field(value, "text", _filled)[:LONGEST_TEXT],
        at=_field(value, "at", _finite),
        module=_field(value, "module", _text),
        model=_field(value, "model", _text),
    )


def _samples(family: Any) -> list[Sample]:
    name = _field(family, "name", _metric)
    kind, words = _field(family, "kind", _text), _field(family, "help", _text)
    found = []
    for row in _field(family, "samples", _list):
        sample, labels, value = _list(row, 3)
        found.append(
            Sample(
                family=name,
                kind=kind,
                help=words,
                name=_metric(sample),
                labels=_labels(labels),
                value=_number(value),
            )
        )
    return found


def _field(value: Any, name: str, reader: Callable[[Any], T]) -> T:
    if not isinstance(value, dict) or name not in value:
        _refuse(f"it has no {name}")
    return reader(value[name])


def _text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > _LONGEST:
        _refuse(f"{str(value)[:40]!r} is no text of at most {_LONGEST} characters")
    # A lone surrogate is legal JSON and cannot be exposed.
    return value.encode("utf-8", "replace").decode()


def _filled(value: Any) -> str:
    return _text(value).strip() or _refuse("a name or a text in it is empty")


def _id(value: Any) -> str:
    if not isinstance(value, str) or not _ID.match(value):
        _refuse("its id is not 32 hexadecimal digits")
    return value


def _metric(value: Any) -> str:
    if not isinstance(value, str) or not _NAME.match(value):
        _refuse(f"{str(value)[:40]!r} is no metric name")
    return value


def _labels(value: Any) -> dict[str, str]:
    if not isinstance(value, dict) or not all(_LABEL.match(name) for name in value):
        _refuse("it has labels that are none")
    return {name: _text(text) for name, text in value.items() if text != ""}


def _list(value: Any, length: int | None = None) -> list[Any]:
    if not isinstance(value, list) or length not in {None, len(value)}:
        _refuse("a list in it is none")
    return value


def _whole(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        _refuse(f"{str(value)[:40]!r} is no whole number")
    return value


def _number(value: Any) -> float:
    """Read a number; NaN and infinity are written as Prometheus writes them."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        _refuse(f"{str(value)[:40]!r} is no number")
    try:
        return float(value)
    except (ValueError, OverflowError):
        _refuse(f"{str(value)[:40]!r} is no number")


def _finite(value: Any) -> float:
    number = _number(value)
    if not math.isfinite(number):
        _refuse("a time in it is none")
    return number


def _refuse(why: str) -> NoReturn:
    problem = f"what was handed over cannot be read: {why}"
    raise UsageError(problem, hint="hand it over with vedette.job() or vedette.mark()")
