"""Put the values of variables into an expression, a title or a query."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from urllib.parse import quote

from vedette.dashboards.dashboard import Variable
from vedette.dashboards.variable import ALL

# $name, ${name}, ${name:format}, [[name]]
_USE = re.compile(
    r"\$(?P<plain>\w+)|\$\{(?P<braced>\w+)(?:\.[\w.]+)?(?::(?P<format>\w+))?\}|\[\[(?P<square>\w+)\]\]"
)
_SPECIAL = re.compile(r"([\\^$*+?.()|{}\[\]/])")

Values = Mapping[str, Sequence[str]]


def interpolate(
    text: str, variables: Sequence[Variable], values: Values, *, builtin: Mapping[str, str]
) -> str:
    """Replace every variable that is known; an unknown one stays as it is written.

    Args:
        text: PromQL, with `$name`, `${name:regex}` or `[[name]]`.
        variables: Those of the dashboard.
        values: The chosen values by name; `$__all` stands for All.
        builtin: `__interval` and its kin.
    """
    known = {variable.name: variable for variable in variables}

    def value(match: re.Match[str]) -> str:
        name = match["plain"] or match["braced"] or match["square"]
        if name in builtin:
            return builtin[name]
        if name not in known or name not in values:
            return match[0]
        return _format(known[name], values[name], match["format"] or "")

    return _USE.sub(value, text)


def used(text: str) -> frozenset[str]:
    """Return the names that a text refers to."""
    return frozenset(m["plain"] or m["braced"] or m["square"] for m in _USE.finditer(text))


def escape_regex(text: str) -> str:
    r"""Escape a value for a regular expression inside a PromQL string: `a.b` is `a\\.b`."""
    return _SPECIAL.sub(r"\\\1", text).replace("\\", "\\\\")


def _format(variable: Variable, chosen: Sequence[str], form: str) -> str:
    if list(chosen) == [ALL] and variable.all_value:
        return variable.all_value
    words = [word for word in chosen if word != ALL]
    if form in _FORMATS:
        return _FORMATS[form](words)
    if not variable.multi and not variable.all:
        return ",".join(word.replace("\\", "\\\\").replace('"', '\\"') for word in words)
    escaped = [escape_regex(word) for word in words]
    return escaped[0] if len(escaped) == 1 else f"({'|'.join(escaped)})"


def _regex(words: Sequence[str]) -> str:
    escaped = [_SPECIAL.sub(r"\\\1", word) for word in words]
    return escaped[0] if len(escaped) == 1 else f"({'|'.join(escaped)})"


def _glob(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{{{','.join(words)}}}"


_FORMATS: dict[str, Callable[[Sequence[str]], str]] = {
    "raw": ",".join,
    "csv": ",".join,
    "text": " + ".join,
    "pipe": "|".join,
    "glob": _glob,
    "regex": _regex,
    "json": lambda words: json.dumps(list(words)),
    "percentencode": lambda words: quote(",".join(words), safe=""),
    "doublequote": lambda words: ",".join(f'"{word}"' for word in words),
    "singlequote": lambda words: ",".join(f"'{word}'" for word in words),
}
