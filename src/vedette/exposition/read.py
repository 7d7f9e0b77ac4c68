"""Reads an exposition: tolerant for those who judge it, strict for those who rely on it."""

import re

from vedette.errors import VedetteError
from vedette.exposition import lines
from vedette.exposition.collect import Collector
from vedette.exposition.nouns import Exposition, Format, Problem
from vedette.exposition.scan import Cursor, LineError

PROBLEMS_LIMIT = 1000  # a text with more is something else
_EOF = "# EOF"
_OPEN_TYPE = "application/openmetrics-text"
_OPEN_END = re.compile(rb"(?:\A|\n)# EOF\n?\Z")


class ExpositionError(VedetteError):
    """A text breaks the format that it is written in.

    Args:
        problem: The first thing that is wrong.

    Attributes:
        line: From 1.
        column: From 1, in characters.
    """

    def __init__(self, problem: Problem) -> None:
        place = f"line {problem.line}, column {problem.column}"
        super().__init__(f"{place}: {problem.message}", hint="`vedette lint` lists every fault")
        self.line = problem.line
        self.column = problem.column


def form(body: bytes, content_type: str = "") -> Format:
    """Say how a body is written.

    Args:
        body: The text.
        content_type: As the server told it; without one, OpenMetrics is known by its end.
    """
    if content_type:
        return "openmetrics" if _OPEN_TYPE in content_type.lower() else "text"
    return "openmetrics" if _OPEN_END.search(body[-64:]) else "text"


def read(
    body: bytes, content_type: str = "", *, whole: bool = True, strict: bool = False
) -> Exposition:
    """Read everything that a body exposes; the time grows with its length alone.

    Args:
        body: The text.
        content_type: As the server told it.
        whole: False where the end was cut off; the last line is left out then.
        strict: True refuses what breaks the format instead of listing it.

    Raises:
        ExpositionError: only if strict; the first thing that is wrong.
    """
    written = form(body, content_type)
    collector = Collector(written)
    text = _decode(body, collector)
    rows = text.split("\n")
    if not whole or not rows[-1]:
        rows.pop()
    reader = _Reader(collector, openmetrics=written == "openmetrics")
    for number, row in enumerate(rows, 1):
        reader.line(row, number)
        if strict and collector.problems:
            break
        if len(collector.problems) > PROBLEMS_LIMIT:
            break
    if whole:
        reader.end(len(rows))
    problems = tuple(sorted(collector.problems[:PROBLEMS_LIMIT], key=lambda one: one.line))
    if strict and problems:
        raise ExpositionError(problems[0])
    return Exposition(format=written, families=collector.families, problems=problems)


class _Reader:
    """Hands each line to where it belongs."""

    def __init__(self, collector: Collector, *, openmetrics: bool) -> None:
        self._collector = collector
        self._open = openmetrics
        self._ended = False

    def line(self, row: str, number: int) -> None:
        if self._ended:
            self._note(number, 1, f"there is more after {_EOF}", lost=True)
            return
        if not row or row.isspace():
            if self._open:
                self._note(number, 1, "OpenMetrics has no empty lines")
            return
        if self._open and row == _EOF:
            self._ended = True
            return
        self._any(row, number)

    def end(self, number: int) -> None:
        if self._open and not self._ended:
            message = f"OpenMetrics ends with {_EOF}; was it cut off?"
            self._note(max(number, 1), 1, message, lost=True)

    def _any(self, row: str, number: int) -> None:
        cursor = Cursor(row)
        try:
            if row.lstrip(" \t").startswith("#"):
                cursor.text = row.lstrip(" \t")
                if found := lines.comment(cursor, openmetrics=self._open):
                    self._collector.comment(found, number)
            else:
                self._collector.sample(lines.sample(cursor, number, openmetrics=self._open))
        except LineError as error:
            self._note(number, error.column, error.message, lost=True)
        for column, message in cursor.notes:
            self._note(number, column, message)

    def _note(self, line: int, column: int, message: str, *, lost: bool = False) -> None:
        self._collector.problems.append(Problem(line, column, message, lost))


def _decode(body: bytes, collector: Collector) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        start = body.rfind(b"\n", 0, error.start) + 1
        line = body.count(b"\n", 0, error.start) + 1
        column = len(body[start : error.start].decode("utf-8")) + 1
        message = f"the byte {body[error.start]:#04x} is not UTF-8"
        collector.problems.append(Problem(line, column, message))
        return body.decode("utf-8", errors="replace")
