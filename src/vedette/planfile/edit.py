"""Adds a module to the text of a plan file, or takes one out; every other line stays as it is.

The YAML library says where things stand, and the lines are changed there. Where that cannot
be done, as in a mapping that is written on one line, the library writes the whole text anew
and keeps its comments.
"""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

_MODULES = "modules"
_WIDTH = 4096
_INDENT = 2

Entry = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class _Block:
    """Lines of a text, from 0; `end` is the first that does not belong to it."""

    start: int
    end: int
    column: int


def with_module(text: str, name: str, entry: Entry) -> str:
    """Return the text with a module more, or with other keys for one that is there.

    Args:
        text: Of a plan file that can be read.
        name: The module.
        entry: Its keys and their values; lists and mappings are written on one line each.
    """
    before = _data(text)
    wanted = {**before, _MODULES: {**(before.get(_MODULES) or {}), name: dict(entry)}}
    changed = _inserted(without_module(text, name), name, entry)
    if changed is not None and _data(changed) == wanted:
        return changed
    document = _editable(text)
    modules = document.get(_MODULES)
    if not isinstance(modules, CommentedMap):
        modules = document[_MODULES] = CommentedMap()
    modules[name] = _flow(entry)
    return _dump(document)


def raw_module(text: str, name: str) -> dict[str, Any]:
    """Return the keys of a module as they are written, variables not filled in; {} for none.

    Args:
        text: Of a plan file that can be read.
        name: The module.
    """
    keys = (_data(text).get(_MODULES) or {}).get(name)
    return keys if isinstance(keys, dict) else {}


def without_module(text: str, name: str) -> str:
    """Return the text without a module; the same where it has none of that name.

    Args:
        text: Of a plan file that can be read.
        name: The module.
    """
    before = _data(text)
    modules = before.get(_MODULES) or {}
    if name not in modules:
        return text
    wanted = {**before, _MODULES: {key: value for key, value in modules.items() if key != name}}
    changed = _cut(text, name)
    if changed is not None and _data(changed) in (wanted, {**wanted, _MODULES: None}):
        return changed
    document = _editable(text)
    del document[_MODULES][name]
    return _dump(document)


def _inserted(text: str, name: str, entry: Entry) -> str | None:
    """Put the lines of a module after those of the last one; None where that cannot be."""
    lines = text.splitlines(keepends=True)
    ending = "\r\n" if "\r\n" in text else "\n"
    above, at, column = "", len(lines), _INDENT
    place = _place(text)
    if place is None:
        above = f"{ending if text.strip() else ''}{_MODULES}:{ending}"
    elif isinstance(place[1], ScalarNode) and not place[1].value:
        at = place[0].start_mark.line + 1
    elif isinstance(place[1], MappingNode) and not place[1].flow_style and place[1].value:
        block = _block(lines, place[1].value[-1], before=place[0].start_mark.column)
        at, column = block.end, block.column
    else:
        return None
    new = "".join(f"{' ' * column}{line}{ending}" for line in _lines(name, entry))
    return "".join([*_ended(lines[:at], ending), above, new, *lines[at:]])


def _cut(text: str, name: str) -> str | None:
    place = _place(text)
    if place is None or not isinstance(place[1], MappingNode) or place[1].flow_style:
        return None
    lines = text.splitlines(keepends=True)
    for pair in place[1].value:
        if pair[0].value == name:
            block = _block(lines, pair, before=place[0].start_mark.column)
            rest = lines[block.end :]
            # Of the empty lines around it, those that follow go with it.
            while rest and not rest[0].strip() and not "".join(lines[: block.start][-1:]).strip():
                rest = rest[1:]
            return "".join([*lines[: block.start], *rest])
    return None


def _place(text: str) -> tuple[Node, Node] | None:
    """Return the key `modules` and its value, as the library found them."""
    root = YAML(typ="rt").compose(io.StringIO(text))
    if not isinstance(root, MappingNode):
        return None
    return next((pair for pair in root.value if pair[0].value == _MODULES), None)


def _block(lines: list[str], pair: tuple[Node, Node], *, before: int) -> _Block:
    """Return the lines of a key and its value, with the comments that are indented like it.

    Args:
        lines: Of the text.
        pair: The key and its value.
        before: Column of the key around it.
    """
    end = max(_last(pair[0]), _last(pair[1])) + 1
    while not lines[end - 1].strip():  # a text of several lines is said to end after them
        end -= 1
    while end < len(lines):
        line = lines[end]
        if not line.lstrip().startswith("#") or len(line) - len(line.lstrip()) <= before:
            break
        end += 1
    return _Block(start=pair[0].start_mark.line, end=end, column=pair[0].start_mark.column)


def _last(node: Node) -> int:
    """Return the last line on which something of a node stands, from 0."""
    if isinstance(node, MappingNode) and not node.flow_style and node.value:
        return max(_last(part) for pair in node.value for part in pair)
    if isinstance(node, SequenceNode) and not node.flow_style and node.value:
        return max(_last(item) for item in node.value)
    ends_before = node.end_mark.column == 0 and node.end_mark.line > node.start_mark.line
    return int(node.end_mark.line) - int(ends_before)


def _lines(name: str, entry: Entry) -> list[str]:
    return _dump(CommentedMap({name: _flow(entry)})).splitlines()


def _ended(lines: list[str], ending: str) -> list[str]:
    """Give the last line an end, where the text has none."""
    if lines and not lines[-1].endswith("\n"):
        return [*lines[:-1], lines[-1] + ending]
    return lines


def _flow(entry: Entry) -> CommentedMap:
    """Return an entry whose lists and mappings stand on one line each."""
    written = CommentedMap()
    for key, value in entry.items():
        part: Any = value
        if isinstance(value, list):
            part = CommentedSeq(value)
            part.fa.set_flow_style()
        elif isinstance(value, dict):
            part = CommentedMap(value)
            part.fa.set_flow_style()
        written[key] = part
    return written


def _data(text: str) -> dict[str, Any]:
    data = YAML(typ="safe", pure=True).load(text)
    return data if isinstance(data, dict) else {}


def _yaml() -> YAML:
    yaml = YAML()
    yaml.width = _WIDTH
    yaml.preserve_quotes = True
    return yaml


def _editable(text: str) -> CommentedMap:
    """Return the whole text to be changed, its comments with it."""
    document = _yaml().load(text)
    return document if isinstance(document, CommentedMap) else CommentedMap()


def _dump(document: CommentedMap) -> str:
    stream = io.StringIO()
    _yaml().dump(document, stream)
    return stream.getvalue()
