"""`${NAME}` and `${NAME:-default}` in the strings of a plan file; pure."""

import re
from collections.abc import Callable
from dataclasses import dataclass

Lookup = Callable[[str], str | None]

_REFERENCE = re.compile(
    r"\$\$|\$\{(?P<name>[A-Za-z_][A-Za-z0-9_]*)(?::-(?P<default>[^}]*))?\}|(?P<broken>\$\{)"
)


@dataclass(frozen=True, kw_only=True)
class Interpolated:
    """A text with its variables filled in.

    Args:
        text: The result; a variable without a value leaves nothing.
        names: Every variable that the text refers to.
        unset: Those that have neither a value nor a default.
        broken: True where a `${` starts no reference.
    """

    text: str
    names: tuple[str, ...] = ()
    unset: tuple[str, ...] = ()
    broken: bool = False


def interpolate(text: str, lookup: Lookup) -> Interpolated:
    """Fill in the variables of one text; `$$` becomes `$`, any other `$` stays.

    A default serves, as in a shell, where the variable is unset or empty.

    Args:
        text: As it stands in the file.
        lookup: Gives the value of a variable, or None where it is unset.
    """
    names: list[str] = []
    unset: list[str] = []
    broken = False

    def value(match: re.Match[str]) -> str:
        nonlocal broken
        if match["broken"]:
            broken = True
            return match[0]
        if not match["name"]:
            return "$"
        names.append(match["name"])
        given = lookup(match["name"])
        if match["default"] is not None:
            return given or match["default"]
        if given is None:
            unset.append(match["name"])
        return given or ""

    filled = _REFERENCE.sub(value, text)
    return Interpolated(text=filled, names=tuple(names), unset=tuple(unset), broken=broken)


def escape(text: str) -> str:
    """Write a text so that `interpolate` gives it back unchanged."""
    return text.replace("$", "$$")
