"""In which ways an expression can have a result: `or` gives several, `unless` demands nothing."""

import re
from dataclasses import dataclass, field

_TOKEN = re.compile(
    r"""\#[^\n]*
    |"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`[^`]*`
    |\[[^\]]*\]
    |\b(?:by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)
    |\d[\w.]*
    |\b(?P<operator>and|or|unless)\b
    |(?P<name>[A-Za-z_:][A-Za-z0-9_:]*)(?![A-Za-z0-9_:])(?!\s*(?:\(|(?:by|without)\b))
    |(?P<bracket>[()])
    |\{(?:[^"'`}]|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`[^`]*`)*\}""",
    re.VERBOSE,
)
_WORDS = {"bool", "offset", "inf", "nan", "atan2", "group_left", "group_right"}
_Ways = list[frozenset[str]]
_NOTHING = frozenset[str]()


@dataclass
class _Level:
    """What was read within one pair of parentheses."""

    before: _Ways = field(default_factory=list)
    now: _Ways = field(default_factory=lambda: [_NOTHING])
    counts: bool = True

    def needs(self, inner: _Ways) -> None:
        """Take what the next operand needs, unless it is only taken away."""
        if self.counts:
            self.now = [mine | theirs for mine in self.now for theirs in inner]

    def begins(self, operator: str) -> None:
        """Go on behind a set operator; `or` binds weakest."""
        if operator == "or":
            self.before, self.now = self.before + self.now, [_NOTHING]
        self.counts = operator != "unless"

    def ways(self) -> _Ways:
        """Return all ways, each once."""
        return list(dict.fromkeys(self.before + self.now))


def ways(expr: str) -> tuple[frozenset[str], ...]:
    """Return, for each way to a result, the names of the series that it needs.

    Args:
        expr: PromQL without variables.
    """
    levels = [_Level()]
    for token in _TOKEN.finditer(expr):
        if token["bracket"] == "(":
            levels.append(_Level())
        elif token["bracket"] and len(levels) > 1:
            inner = levels.pop().ways()
            levels[-1].needs(inner)
        elif token["operator"]:
            levels[-1].begins(token["operator"])
        elif token["name"] and token["name"].lower() not in _WORDS:
            levels[-1].needs([frozenset((token["name"],))])
    while len(levels) > 1:  # what is no PromQL gives what can be recognised
        inner = levels.pop().ways()
        levels[-1].needs(inner)
    return tuple(levels[0].ways())
