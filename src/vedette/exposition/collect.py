"""Sorts lines into families, and notes where their order breaks the format."""

from typing import cast, get_args

from vedette.exposition.lines import Comment
from vedette.exposition.nouns import Family, Format, Kind, Problem, Sample
from vedette.exposition.scan import shown

_TEXT_KINDS = frozenset({"counter", "gauge", "histogram", "summary", "untyped"})
_OPEN_KINDS = frozenset(get_args(Kind)) - {"untyped"} | {"unknown"}
# The parts of a family by kind; an empty one stands for the family's own name.
_TEXT_PARTS = {"histogram": ("_bucket", "_sum", "_count"), "summary": ("", "_sum", "_count")}
_OPEN_PARTS = {
    "counter": ("_total", "_created"),
    "histogram": ("_bucket", "_sum", "_count", "_created"),
    "gaugehistogram": ("_bucket", "_gsum", "_gcount"),
    "summary": ("", "_sum", "_count", "_created"),
    "info": ("_info",),
}
_SUFFIXES = ("_bucket", "_sum", "_count", "_total", "_created", "_info", "_gsum", "_gcount")


class Collector:
    """Takes line after line.

    Args:
        format: How the text is written.
    """

    def __init__(self, format: Format) -> None:  # noqa: A002 - the field's word
        self.families: dict[str, Family] = {}
        self.problems: list[Problem] = []
        self._format = format
        self._open = format == "openmetrics"
        self._kinds = _OPEN_KINDS if self._open else _TEXT_KINDS
        self._parts = _OPEN_PARTS if self._open else _TEXT_PARTS
        self._homes: dict[str, Family] = {}
        self._last: Family | None = None
        self._typed: set[str] = set()

    def comment(self, comment: Comment, line: int) -> None:
        """Take a HELP, TYPE or UNIT line."""
        family = self.families.get(comment.name) or self._new(comment.name, line)
        self._follow(family, line)
        if comment.word == "HELP":
            if family.help is not None:
                self._note(line, 1, f"{comment.name} has a second HELP line")
            else:
                family.help = comment.text
        elif comment.word == "TYPE":
            self._type(family, comment, line)
        elif self._open:
            self._unit(family, comment, line)

    def sample(self, sample: Sample) -> None:
        """Take a line with a value."""
        family = self._homes.get(sample.name)
        if family is None:
            family = self._homes[sample.name] = self._home(sample)
        self._follow(family, sample.line)
        family.samples.append(sample)

    def _new(self, name: str, line: int) -> Family:
        family = self.families[name] = Family(name=name, format=self._format, line=line)
        return family

    def _type(self, family: Family, comment: Comment, line: int) -> None:
        if family.name in self._typed:
            self._note(line, 1, f"{family.name} has a second TYPE line")
            return
        self._typed.add(family.name)
        if comment.text not in self._kinds:
            known = ", ".join(sorted(self._kinds))
            message = f"{shown(comment.text)} is no type; there are {known}"
            self._note(line, comment.column, message)
            return
        if family.samples:
            self._note(line, 1, f"the TYPE of {family.name} stands after its samples")
        family.kind = cast("Kind", "untyped" if comment.text == "unknown" else comment.text)
        self._homes = {name: home for name, home in self._homes.items() if home is not family}

    def _unit(self, family: Family, comment: Comment, line: int) -> None:
        family.unit = comment.text
        if comment.text and not family.name.endswith(f"_{comment.text}"):
            message = f"the unit {shown(comment.text)} is not the end of the name {family.name}"
            self._note(line, comment.column, message)

    def _home(self, sample: Sample) -> Family:
        """Return the family that a series belongs to; a new one where none fits."""
        name = sample.name
        exact = self.families.get(name)
        if exact and "" in self._parts.get(exact.kind, ("",)):
            return exact
        for suffix in _SUFFIXES:
            family = self.families.get(name.removesuffix(suffix)) if suffix in name else None
            if family and name.endswith(suffix) and suffix in self._parts.get(family.kind, ()):
                return family
        if exact:
            parts = " or ".join(f"{name}{part}" for part in self._parts[exact.kind])
            self._note(sample.line, 1, f"a sample of the {exact.kind} {name} is called {parts}")
            return exact
        return self._new(name, sample.line)

    def _follow(self, family: Family, line: int) -> None:
        """Note in OpenMetrics where a family goes on after another has begun."""
        if family is self._last:
            return
        if self._open and self._last is not None and family.line != line:
            self._note(line, 1, f"{family.name} goes on after another metric has begun")
        self._last = family

    def _note(self, line: int, column: int, message: str) -> None:
        self.problems.append(Problem(line, column, message, lost=False))
