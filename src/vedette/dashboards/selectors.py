"""The series that an expression asks for: enough of PromQL to say why a panel is empty."""

import re
from dataclasses import dataclass

_TOKEN = re.compile(
    r"""(?P<comment>\#[^\n]*)
    |(?P<text>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`[^`]*`)
    |(?P<window>\[[^\]]*\])
    |(?P<name>[A-Za-z_:][A-Za-z0-9_:]*)
    |(?P<number>\d[\w.]*)
    |(?P<other>\S)""",
    re.VERBOSE,
)
_GROUPING = {"by", "without", "on", "ignoring", "group_left", "group_right"}
_WORDS = {"and", "or", "unless", "bool", "offset", "inf", "nan", "start", "end", "atan2"}


@dataclass(frozen=True)
class Selector:
    """A metric name and its matchers, as they are written; either may be empty."""

    name: str
    matchers: str

    def __str__(self) -> str:
        """Write it as PromQL."""
        return f"{self.name}{{{self.matchers}}}" if self.matchers else self.name or "{}"


def selectors(expr: str) -> tuple[Selector, ...]:
    """Return the selectors of an expression in order, each once.

    Args:
        expr: PromQL without variables; what is no PromQL gives what can be recognised.
    """
    found: dict[Selector, None] = {}
    tokens = [(m.lastgroup or "", m[0]) for m in _TOKEN.finditer(expr) if m.lastgroup != "comment"]
    position = 0
    while position < len(tokens):
        position = _next(tokens, position, found)
    return tuple(found)


def _next(tokens: list[tuple[str, str]], at: int, found: dict[Selector, None]) -> int:
    """Look at one token; return the position after what belongs to it."""
    kind, text = tokens[at]
    after = tokens[at + 1][1] if at + 1 < len(tokens) else ""
    if kind == "name" and text.lower() in _GROUPING:
        return _past(tokens, at + 1, ")") if after == "(" else at + 1
    if kind == "name" and (after == "(" or text.lower() in _WORDS or after in _GROUPING):
        return at + 1
    if kind == "name" or text == "{":
        opening = at + 1 if kind == "name" else at
        braced = opening < len(tokens) and tokens[opening][1] == "{"
        end = _past(tokens, opening, "}") if braced else opening
        inside = "".join(word for _, word in tokens[opening + 1 : end - 1]) if braced else ""
        found[Selector(text if kind == "name" else "", inside)] = None
        return max(end, at + 1)
    return at + 1


def _past(tokens: list[tuple[str, str]], at: int, closing: str) -> int:
    while at < len(tokens) and tokens[at][1] != closing:
        at += 1
    return at + 1
