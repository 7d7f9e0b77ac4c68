"""Takes one line apart; every refusal knows its column."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NoReturn

NAME = re.compile(r"[a-zA-Z_:][a-zA-Z0-9_:]*")
_TEXT = r'"([^"\\]*(?:\\.[^"\\]*)*)"'
_QUOTED = re.compile(_TEXT)
_PAIR = re.compile(rf"[ \t]*(?:([a-zA-Z_][a-zA-Z0-9_]*)|{_TEXT})[ \t]*=[ \t]*{_TEXT}[ \t]*")
_BLANKS = re.compile(r"[ \t]*")
_WORD = re.compile(r"[^ \t]*")
_LABEL = re.compile(r'[^=,}"]*')
_NUMBER = re.compile(
    r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?\Z|[+-]?inf(?:inity)?\Z|nan\Z",
    re.IGNORECASE,
)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_ESCAPED = {"\\": "\\", '"': '"', "n": "\n"}
_SHOWN = 40


class LineError(Exception):
    """A line cannot be read.

    Args:
        column: Where, from 1.
        message: Why.
    """

    def __init__(self, column: int, message: str) -> None:
        super().__init__(message)
        self.column = column
        self.message = message


@dataclass(slots=True)
class Cursor:
    """A line and how far it was read.

    Args:
        text: The line, without its end.
        at: Characters read so far.
        notes: What the format forbids but can be read all the same: column and message.
    """

    text: str
    at: int = 0
    notes: list[tuple[int, str]] = field(default_factory=list)

    def refuse(self, message: str, at: int | None = None) -> NoReturn:
        """Refuse the line because of this place, or of another."""
        raise LineError((self.at if at is None else at) + 1, message)

    def blanks(self) -> int:
        """Skip blanks and tabs, and return how many."""
        before = self.at
        self.at = _end(_BLANKS, self.text, before)
        return self.at - before

    def word(self) -> str:
        """Take everything up to the next blank."""
        before = self.at
        self.at = _end(_WORD, self.text, before)
        return self.text[before : self.at]

    def name(self) -> str:
        """Take a metric's name, plain or quoted."""
        if self.text.startswith('"', self.at):
            return self.quoted()
        match = NAME.match(self.text, self.at)
        if not match:
            self.refuse(f"{shown(self.text[self.at :])} does not start with a metric name")
        self.at = match.end()
        return match[0]

    def quoted(self) -> str:
        """Take a text in quotes; the next sign must be one."""
        match = _QUOTED.match(self.text, self.at)
        if not match:
            self.refuse("the quote is not closed")
        self.at = match.end()
        return self._plain(match[1], match.start(1))

    def labels(self) -> tuple[str, dict[str, str]]:
        """Take `{...}`; return the metric's name, where it stands inside, and the labels."""
        self.at += 1
        name = self._inner_name()
        labels: dict[str, str] = {}
        while match := _PAIR.match(self.text, self.at):
            key = match[1] or self._plain(match[2], match.start(2))
            if key in labels:
                self.refuse(f"the label {key} stands twice")
            labels[key] = self._plain(match[3], match.start(3))
            self.at = match.end()
            if not self.text.startswith(",", self.at):
                break
            self.at += 1
        self.blanks()
        if not self.text.startswith("}", self.at):
            self._no_pair(after=bool(match))
        self.at += 1
        return name, labels

    def number(self, what: str) -> float:
        """Take a number.

        Args:
            what: How it is called in a refusal.
        """
        start = self.at
        word = self.word()
        if not word:
            self.refuse(f"there is no {what}", start)
        if not _NUMBER.match(word):
            if word.endswith("\r"):
                message = "the line ends in a carriage return; it must end in a line feed alone"
                self.refuse(message, self.at - 1)
            self.refuse(f"{shown(word)} is no {what}", start)
        value = float(word)
        if math.isinf(value) and word[-1].isdigit():
            self.refuse(f"{shown(word)} is too large for a {what}", start)
        return value

    def _inner_name(self) -> str:
        """Take the quoted name that may stand first between the braces."""
        self.blanks()
        match = _QUOTED.match(self.text, self.at)
        if not match or self.text[match.end() :].lstrip(" \t").startswith("="):
            return ""
        self.at = match.end()
        self.blanks()
        if self.text.startswith(",", self.at):
            self.at += 1
        return self._plain(match[1], match.start(1))

    def _no_pair(self, *, after: bool) -> NoReturn:
        """Refuse what stands where a label should, or the end of them."""
        rest = self.text[self.at :]
        if not rest:
            self.refuse("the { is not closed")
        if after:
            self.refuse("after a label's value comes , or }")
        match = _LABEL.match(rest)
        key = (match[0] if match else "").rstrip(" \t")
        if not NAME.fullmatch(key) or ":" in key:
            self.refuse(f"{shown(key or rest)} is no label name")
        value = rest[len(key) :].lstrip(" \t")
        if not value.startswith("="):
            self.refuse(f"the label {shown(key)} has no value", self.at + len(key))
        value = value[1:].lstrip(" \t")
        start = len(self.text) - len(value)
        if not value.startswith('"'):
            self.refuse(f"the value of the label {key} needs quotes", start)
        self.refuse(f"the value of the label {key} has no closing quote", start)

    def _plain(self, text: str, at: int) -> str:
        """Resolve escapes; an unknown one is kept as it is, and noted."""
        if "\\" not in text:
            return text

        def sign(match: re.Match[str]) -> str:
            if match[1] not in _ESCAPED:
                self.notes.append((at + match.start() + 1, f"there is no escape {match[0]}"))
            return _ESCAPED.get(match[1], match[0])

        return _ESCAPE.sub(sign, text)


def unescape_help(text: str, escapes: Mapping[str, str] = _ESCAPED) -> str:
    """Return a help text without its escapes.

    Args:
        text: As it is written.
        escapes: What may follow a backslash.
    """
    return _ESCAPE.sub(lambda match: escapes.get(match[1], match[0]), text)


def shown(text: str) -> str:
    """Return a text as a message quotes it: cut where it is long."""
    return repr(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}...")


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.match(text, at)
    return match.end() if match else at
