"""Plain YAML scalars (1.2, core schema) as Python values; pure."""

import re

_INT = re.compile(r"[-+]?[0-9]+\Z")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\Z")
_NAMED = {"true": True, "false": False, "null": None, "~": None, "": None}
_DIGITS_LIMIT = 300

Scalar = str | int | float | bool | None


def resolve(text: str, tag: str) -> Scalar:
    """Return the value of a scalar that the YAML reader has tagged.

    Args:
        text: The scalar as written.
        tag: The last part of its tag: `str`, `int`, `bool`, ...; dates stay text.
    """
    return guess(text) if tag in {"int", "float", "bool", "null"} else text


def guess(text: str) -> Scalar:
    """Return the value that an unquoted text stands for.

    Texts that only other YAML dialects take for numbers (`0o17`, `1_000`, `.inf`) stay text,
    as do numbers too long to be meant.
    """
    if text.lower() in _NAMED:
        return _NAMED[text.lower()]
    if len(text) > _DIGITS_LIMIT:
        return text
    if _INT.match(text):
        return int(text)
    if _FLOAT.match(text):
        return float(text)
    return text
