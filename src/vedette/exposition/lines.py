"""One line of an exposition, typed: a comment that means something, or a sample."""

import re
from typing import Literal, NamedTuple

from vedette.exposition.nouns import Exemplar, Sample
from vedette.exposition.scan import Cursor, shown, unescape_help

_COMMENT = re.compile(r"#[ \t]+(HELP|TYPE|UNIT)(?:[ \t]+|\Z)")
_EXEMPLAR_LIMIT = 128  # characters of all names and values, as OpenMetrics demands
_HELP_ESCAPES = {"\\": "\\", "n": "\n"}
_MILLISECONDS = 1000.0


class Comment(NamedTuple):
    """A comment that describes a family.

    Args:
        word: What it tells.
        name: The family.
        text: What it says.
        column: Where the text stands, from 1.
    """

    word: Literal["HELP", "TYPE", "UNIT"]
    name: str
    text: str
    column: int


def comment(cursor: Cursor, *, openmetrics: bool) -> Comment | None:
    """Read a line that starts with `#`; None where it is a remark.

    Raises:
        LineError: it describes nothing that could have a name.
    """
    match = _COMMENT.match(cursor.text)
    if not match:
        return None
    cursor.at = match.end()
    name = cursor.name()
    if not cursor.blanks() and cursor.at < len(cursor.text):
        cursor.refuse(f"{shown(cursor.text[cursor.at])} cannot stand in a metric name")
    column, text = cursor.at + 1, cursor.text[cursor.at :]
    word = match[1]
    if word == "HELP":
        text = unescape_help(text) if openmetrics else unescape_help(text, _HELP_ESCAPES)
        return Comment("HELP", name, text, column)
    return Comment("TYPE" if word == "TYPE" else "UNIT", name, text.rstrip(" \t"), column)


def sample(cursor: Cursor, line: int, *, openmetrics: bool) -> Sample:
    """Read a line with a value.

    Args:
        cursor: The line.
        line: Its number, from 1.
        openmetrics: True reads times in seconds and exemplars.

    Raises:
        LineError: it is none.
    """
    cursor.blanks()
    name, labels = _series(cursor)
    cursor.blanks()
    value = cursor.number("value")
    if cursor.at == len(cursor.text):
        return Sample(name, labels, value, None, None, line)
    cursor.blanks()
    timestamp, exemplar = None, None
    if openmetrics:
        if not _at_exemplar(cursor):
            timestamp = _seconds(cursor)
        exemplar = _exemplar(cursor)
    elif cursor.at < len(cursor.text):
        timestamp = _milliseconds(cursor)
    cursor.blanks()
    if cursor.at < len(cursor.text):
        cursor.refuse(f"{shown(cursor.text[cursor.at :])} stands after the end")
    return Sample(name, labels, value, timestamp, exemplar, line)


def _series(cursor: Cursor) -> tuple[str, dict[str, str]]:
    name = ""
    if not cursor.text.startswith("{", cursor.at):
        name = cursor.name()
        before = cursor.at
        if not cursor.blanks() and cursor.text[before : before + 1] not in {"{", ""}:
            cursor.refuse(f"{shown(cursor.text[before])} cannot stand in a metric name")
    if not cursor.text.startswith("{", cursor.at):
        return name, {}
    start = cursor.at
    inner, labels = cursor.labels()
    if bool(inner) == bool(name):
        message = "the metric has two names" if name else "the metric has no name"
        cursor.refuse(message, start)
    return name or inner, labels


def _milliseconds(cursor: Cursor) -> float:
    start = cursor.at
    word = cursor.word()
    try:
        stamp = int(word) if word.isascii() and "_" not in word else None
    except ValueError:
        stamp = None
    if stamp is None or abs(stamp) >= 1 << 63:
        message = f"{shown(word)} is no time: whole milliseconds since 1970 are wanted"
        cursor.refuse(message, start)
    return stamp / _MILLISECONDS


def _seconds(cursor: Cursor) -> float | None:
    start = cursor.at
    if start >= len(cursor.text):
        return None
    stamp = cursor.number("time")
    if stamp - stamp != 0:
        cursor.refuse("a time is a finite number of seconds", start)
    cursor.blanks()
    return stamp


def _at_exemplar(cursor: Cursor) -> bool:
    return cursor.text.startswith("#", cursor.at)


def _exemplar(cursor: Cursor) -> Exemplar | None:
    if not _at_exemplar(cursor):
        return None
    start = cursor.at
    cursor.at += 1
    cursor.blanks()
    if not cursor.text.startswith("{", cursor.at):
        cursor.refuse("an exemplar starts with its labels in { }")
    inner, labels = cursor.labels()
    if inner:
        cursor.refuse("an exemplar has no name", start)
    if sum(len(key) + len(value) for key, value in labels.items()) > _EXEMPLAR_LIMIT:
        message = f"the exemplar's labels have more than {_EXEMPLAR_LIMIT} characters"
        cursor.notes.append((start + 1, message))
    cursor.blanks()
    value = cursor.number("value of an exemplar")
    cursor.blanks()
    return Exemplar(labels, value, _seconds(cursor))
