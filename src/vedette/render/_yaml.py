"""Write YAML that a person can read and that Go's YAML reader reads alike."""

import io
import re
from collections.abc import Mapping, Sequence
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import (
    DoubleQuotedScalarString,
    LiteralScalarString,
    SingleQuotedScalarString,
)

# Plain only what no version of YAML reads as anything but text; the rest is quoted.
_PLAIN = re.compile(r"[A-Za-z_/][A-Za-z0-9_./()-]*\Z|[0-9]+(ms|s|m|h|d|w|y)\Z")
_WORDS = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf"})
_WIDE = 4096


def dump(value: Mapping[str, Any], *, comment: str) -> str:
    """Return a document with its keys in the order given.

    Args:
        value: Mappings, sequences, text, numbers and booleans.
        comment: First line: who wrote it, and where to change it instead.
    """
    writer = YAML()
    writer.width = _WIDE
    writer.indent(mapping=2, sequence=4, offset=2)
    stream = io.StringIO()
    writer.dump(_quoted(value), stream)
    return f"# {comment}\n{stream.getvalue()}"


def _quoted(value: Any) -> Any:
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, Mapping):
        return {str(key): _quoted(item) for key, item in value.items()}
    if isinstance(value, Sequence):
        return [_quoted(item) for item in value]
    return value


def _text(value: str) -> Any:
    if _reads_well_in_lines(value):
        return LiteralScalarString(value)
    if _PLAIN.match(value) and value.lower() not in _WORDS:
        return value
    if '"' in value and value.isprintable():
        return SingleQuotedScalarString(value)
    return DoubleQuotedScalarString(value)


def _reads_well_in_lines(value: str) -> bool:
    lines = value.split("\n")
    return (
        len(lines) > 1
        and all(line.isprintable() and line == line.rstrip() for line in lines)
        and lines[0] == lines[0].lstrip() != ""
        and lines[-1] != ""
    )
