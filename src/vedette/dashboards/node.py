"""JSON with places: every complaint names the path to the value."""

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NoReturn

from vedette.dashboards.errors import DashboardError

_SHOWN = 40


@dataclass(frozen=True)
class Node:
    """A value somewhere in a file; what is absent reads as its default.

    Args:
        value: As JSON gave it; None where it is absent.
        place: `panels[3].gridPos.w`; empty at the root.
        file: The file's name.
    """

    value: Any
    place: str = ""
    file: str = ""

    def get(self, key: str) -> "Node":
        """Return a member.

        Raises:
            DashboardError: this is neither an object nor absent.
        """
        place = f"{self.place}.{key}" if self.place else key
        if self.value is None:
            return Node(None, place, self.file)
        if not isinstance(self.value, dict):
            self._refuse("an object")
        return Node(self.value.get(key), place, self.file)

    def items(self) -> Iterator["Node"]:
        """Yield the elements of a list; nothing where it is absent.

        Raises:
            DashboardError: this is neither a list nor absent.
        """
        if self.value is None:
            return
        if not isinstance(self.value, list):
            self._refuse("a list")
        for position, value in enumerate(self.value):
            yield Node(value, f"{self.place}[{position}]", self.file)

    def text(self, default: str = "") -> str:
        """Return a text; a number is written out.

        Raises:
            DashboardError: it is neither.
        """
        if self.value is None:
            return default
        if isinstance(self.value, bool) or not isinstance(self.value, str | int | float):
            self._refuse("text")
        # A lone surrogate is legal JSON and cannot be sent to a browser.
        return str(self.value).encode("utf-8", "replace").decode()

    def number(self, default: float | None = None) -> float | None:
        """Return a finite number; text that is one counts.

        Raises:
            DashboardError: it is not.
        """
        if self.value is None or self.value == "":
            return default
        if isinstance(self.value, bool) or not isinstance(self.value, str | int | float):
            self._refuse("a number")
        try:
            number = float(self.value)
        except (ValueError, OverflowError):
            self._refuse("a number")
        if not math.isfinite(number):
            self._refuse("a finite number")
        return number

    def whole(self, default: int, *, low: int = 0, high: int = 1_000_000) -> int:
        """Return a whole number, kept between `low` and `high`."""
        number = self.number(default)
        return default if number is None else max(low, min(high, int(number)))

    def flag(self, *, default: bool = False) -> bool:
        """Return a truth value; what is not one reads as the default."""
        return self.value if isinstance(self.value, bool) else default

    def word(self, *known: str) -> str:
        """Return the text if it is one of `known`, else the first of them."""
        return self.value if isinstance(self.value, str) and self.value in known else known[0]

    def is_object(self) -> bool:
        """True where it has members."""
        return isinstance(self.value, dict)

    def _refuse(self, wanted: str) -> NoReturn:
        shown = repr(self.value)
        shown = shown if len(shown) <= _SHOWN else shown[:_SHOWN] + "…"
        problem, hint = f"{shown} is not {wanted}", f"write {wanted} there, or leave it out"
        place = self.place or "the file"
        raise DashboardError(problem, hint=hint, file=self.file, place=place)


def parse(text: str, file: str) -> Node:
    """Read JSON.

    Args:
        text: The file's text.
        file: Its name, for messages.

    Raises:
        DashboardError: it is not JSON; line and column say where.
    """
    try:
        return Node(json.loads(text, parse_constant=_refuse_constant), "", file)
    except json.JSONDecodeError as error:
        raise DashboardError(
            _problem(text, error),
            hint="mend it there, or export the dashboard once more",
            file=file,
            line=error.lineno,
            column=error.colno,
        ) from None
    except (ValueError, RecursionError) as error:
        problem = "nested too deeply" if isinstance(error, RecursionError) else str(error)
        raise DashboardError(problem, hint="export it once more", file=file) from None


def _problem(text: str, error: json.JSONDecodeError) -> str:
    line = text.splitlines()[error.lineno - 1 : error.lineno] if text.strip() else []
    if not line:
        return "the file is empty" if not text.strip() else f"{error.msg} at its end"
    if line[0].lstrip().startswith(("<<<<<<<", "=======", ">>>>>>>")):
        return f"an unresolved git conflict: {line[0].strip()[:_SHOWN]!r}"
    return f"{error.msg[:1].lower()}{error.msg[1:]}, at {line[0].strip()[:_SHOWN]!r}"


def _refuse_constant(word: str) -> NoReturn:
    problem = f"{word} is not a number that JSON knows"
    raise ValueError(problem)
