"""What a query variable asks Prometheus, and what it makes of the answer."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from vedette.dashboards.dashboard import Choice, Variable
from vedette.dashboards.variable import ALL

_LABEL_VALUES = re.compile(
    r"label_values\(\s*(?:(?P<series>.+?)\s*,\s*)?(?P<label>[A-Za-z_]\w*)\s*\)\Z", re.DOTALL
)
_CALL = re.compile(r"(?P<call>label_names|metrics|query_result)\((?P<inside>.*)\)\Z", re.DOTALL)
_FLAGS = re.compile(r"/(?P<body>.*)/(?P<flags>[a-z]*)\Z", re.DOTALL)
_DIGITS = re.compile(r"(\d+)")
_DESCENDING = {2, 4, 6, 8}
_NUMERICAL = {3, 4}
_WITHOUT_CASE = {5, 6}


@dataclass(frozen=True, kw_only=True)
class Ask:
    """One question to Prometheus.

    Args:
        kind: Which of its endpoints answers it.
        series: Selector of the series that are looked at; empty for all.
        label: Of which label.
        expr: PromQL, for `query`.
    """

    kind: Literal["values", "names", "query"]
    series: str = ""
    label: str = ""
    expr: str = ""


def question(text: str) -> Ask | None:
    """Read `label_values(…)` and the like, after interpolation; None where it is something else."""
    text = text.strip()
    if match := _LABEL_VALUES.match(text):
        return Ask(kind="values", series=match["series"] or "", label=match["label"])
    match = _CALL.match(text)
    if match is None:
        return None
    inside = match["inside"].strip()
    if match["call"] == "query_result":
        return Ask(kind="query", expr=inside)
    if match["call"] == "metrics":
        pattern = inside.strip("\"'").replace("\\", "\\\\").replace('"', '\\"')
        return Ask(kind="values", series=f'{{__name__=~".*{pattern}.*"}}', label="__name__")
    return Ask(kind="names", series=inside)


def choices(variable: Variable, found: Iterable[str]) -> tuple[Choice, ...]:
    """Filter, cut and sort what Prometheus answered.

    Args:
        variable: Its regular expression and its order count.
        found: The values, or `name{labels} value time` lines of `query_result`.
    """
    pattern = _pattern(variable.regex)
    cut = (_cut(pattern, text) for text in found)
    unique = dict.fromkeys(choice for choice in cut if choice is not None)
    return tuple(_sorted(list(unique), variable.sort))


def pick(variable: Variable, offered: Sequence[Choice], wanted: Sequence[str]) -> tuple[str, ...]:
    """Choose values: those wanted, else those saved in the file, else All, else the first.

    Args:
        variable: Says whether several and All are allowed.
        offered: What may be chosen.
        wanted: What the user chose.
    """
    known = {choice.value for choice in offered}
    if variable.kind == "textbox":
        return (tuple(wanted) or variable.chosen or tuple(known))[:1]
    for chosen in (wanted, variable.chosen):
        if ALL in chosen and variable.all:
            return (ALL,)
        kept = tuple(value for value in chosen if value in known)
        if kept:
            return kept if variable.multi else kept[:1]
    if variable.all:
        return (ALL,)
    return (offered[0].value,) if offered else ()


def expanded(variable: Variable, offered: Sequence[Choice], chosen: Sequence[str]) -> list[str]:
    """Return the values that a choice stands for; All without a value of its own is all of them."""
    if list(chosen) == [ALL] and not variable.all_value:
        return [choice.value for choice in offered]
    return list(chosen)


def _pattern(regex: str) -> re.Pattern[str] | None:
    match = _FLAGS.match(regex.strip())
    body = match["body"] if match else regex.strip()
    flags = re.IGNORECASE if match and "i" in match["flags"] else 0
    try:
        # JavaScript writes (?<name>…) where Python wants (?P<name>…).
        return re.compile(re.sub(r"\(\?<(?=[A-Za-z_])", "(?P<", body), flags) if body else None
    except (re.error, RecursionError, OverflowError):
        return None


def _cut(pattern: re.Pattern[str] | None, text: str) -> Choice | None:
    if pattern is None:
        return Choice(text=text, value=text)
    match = pattern.search(text)
    if match is None:
        return None
    groups = match.groupdict()
    first = next((group for group in match.groups() if group is not None), match[0])
    value = groups.get("value") or groups.get("text") or first
    return Choice(text=groups.get("text") or value, value=value)


def _sorted(found: list[Choice], order: int) -> list[Choice]:
    if order == 0:
        return found
    if order in _NUMERICAL:
        found.sort(key=_number)
    elif order in _WITHOUT_CASE:
        found.sort(key=lambda choice: choice.text.lower())
    else:
        found.sort(
            key=lambda choice: (
                _natural(choice.text) if order > max(_WITHOUT_CASE) else [(0, 0, choice.text)]
            )
        )
    return found[::-1] if order in _DESCENDING else found


def _number(choice: Choice) -> float:
    match = _DIGITS.search(choice.text)
    return float(match[0]) if match else -1.0


def _natural(text: str) -> list[tuple[int, float, str]]:
    parts = _DIGITS.split(text)
    return [(1, float(part), "") if part.isdigit() else (0, 0, part) for part in parts]
