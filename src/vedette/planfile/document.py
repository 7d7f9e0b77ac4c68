"""A YAML text as plain data, with the place of every key and value."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from vedette.model.finding import Finding
from vedette.planfile import scalars
from vedette.planfile.interpolate import Lookup, interpolate

Path = tuple[str | int, ...]

NODES_LIMIT = 50_000  # aliases may repeat a part of the file, but not for ever
DEPTH_LIMIT = 40
_TAG = "tag:yaml.org,2002:"


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where something stands in the file.

    Args:
        line: From 1.
        column: From 1.
        raw: The text as it is written, variables not filled in; empty for a collection.
        names: The environment variables that the text refers to.
    """

    line: int
    column: int
    raw: str = ""
    names: tuple[str, ...] = ()


@dataclass(kw_only=True)
class Document:
    """What a YAML text says.

    Args:
        file: Its name, for findings.
        data: Plain dictionaries, lists and scalars; None for an empty text.
        keys: The place of each key, by its path.
        values: The place of each value, by its path.
        findings: What is wrong with the text itself.
    """

    file: str
    data: Any = None
    keys: dict[Path, Place] = field(default_factory=dict)
    values: dict[Path, Place] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def find(self, path: Path, *, key: bool = False) -> Place:
        """Return the place of a path, or of the nearest thing around it.

        Args:
            path: Keys and list positions from the top.
            key: True for the place of the key rather than of its value.
        """
        for end in range(len(path), 0, -1):
            first, second = (
                (self.keys, self.values) if key or end < len(path) else (self.values, self.keys)
            )
            place = first.get(path[:end]) or second.get(path[:end])
            if place:
                return place
        return Place(line=1, column=1)

    def report(self, rule: str, message: str, *, hint: str, place: Place) -> None:
        """Add an error.

        Args:
            rule: Its stable id.
            message: What is wrong, with the value.
            hint: What to do next.
            place: Where it stands.
        """
        self.findings.append(
            Finding(
                rule=rule,
                level="error",
                subject=self.file,
                message=message,
                hint=hint,
                file=self.file,
                line=place.line,
                column=place.column,
            )
        )


def load(text: str, file: str, lookup: Lookup) -> Document:
    """Read a YAML text.

    Args:
        text: The text.
        file: Its name, for findings.
        lookup: Gives the value of an environment variable, or None.
    """
    document = Document(file=file)
    try:
        node = YAML(typ="safe", pure=True).compose(io.StringIO(text))
        if node is not None:
            document.data = _Reader(document, lookup).value(node, ())
    except MarkedYAMLError as error:
        _report_syntax(document, error)
    except YAMLError as error:
        message = f"not YAML: {' '.join(str(error).split())}"
        hint = "save it as plain UTF-8 text"
        document.report("plan-syntax", message, hint=hint, place=_unknown())
    except RecursionError:
        hint = f"at most {DEPTH_LIMIT} levels; the keys of a plan need five"
        document.report("plan-syntax", "nested too deeply", hint=hint, place=_unknown())
    except (ValueError, AssertionError, AttributeError, IndexError, TypeError) as error:
        # The YAML library lets some malformed texts fall through as these.
        hint = "`vedette init` writes a plan to start from"
        document.report("plan-syntax", f"not YAML: {error}", hint=hint, place=_unknown())
    except _TooBigError as error:
        hint = "write the parts out, or split the plan"
        document.report("plan-syntax", str(error), hint=hint, place=_unknown())
    return document


def _unknown() -> Place:
    return Place(line=1, column=1)


def _report_syntax(document: Document, error: MarkedYAMLError) -> None:
    mark = error.problem_mark or error.context_mark
    place = Place(line=mark.line + 1, column=mark.column + 1) if mark else _unknown()
    problem = " ".join(str(error.problem or error.context or "not YAML").split())
    hint = "check the indentation and the quotes around this place"
    if r"'\t'" in problem or "tab" in problem:
        hint = "indent with spaces; YAML forbids tabs"
    elif "another document" in problem:
        hint = "keep one plan per file: remove the --- line"
    elif "mapping values are not allowed" in problem:
        hint = "put quotes around a text that contains ': ', or check the indentation"
    elif "undefined alias" in problem:
        hint = "put quotes around a text that starts with *"
    document.report("plan-syntax", f"not YAML: {problem}", hint=hint, place=place)


class _TooBigError(Exception):
    """The aliases of a text unfold to more than anybody would write."""


class _Reader:
    """Turns nodes into data, and writes down where each stood."""

    def __init__(self, document: Document, lookup: Lookup) -> None:
        self._document = document
        self._lookup = lookup
        self._count = 0

    def value(self, node: Node, path: Path) -> Any:
        self._count += 1
        if self._count > NODES_LIMIT:
            message = f"more than {NODES_LIMIT:,} values once its aliases are unfolded"
            raise _TooBigError(message)
        if len(path) > DEPTH_LIMIT:
            raise RecursionError
        self._document.values[path] = _place(node)
        if not str(node.tag).startswith(_TAG):
            message = f"the tag {node.tag} means nothing here"
            self._report_syntax(message, "remove the tag", node)
            return None
        if isinstance(node, MappingNode):
            return self._mapping(node, path)
        if isinstance(node, SequenceNode):
            return [self.value(item, (*path, at)) for at, item in enumerate(node.value)]
        if isinstance(node, ScalarNode):
            return self._scalar(node, path)
        return None

    def _mapping(self, node: MappingNode, path: Path) -> dict[str, Any]:
        result: dict[str, Any] = {}
        merged: dict[str, Any] = {}
        for key, item in node.value:
            if not isinstance(key, ScalarNode):
                message = "a key is a list or a mapping"
                self._report_syntax(message, "write a plain word", key)
            elif key.tag == f"{_TAG}merge":
                for source in self._sources(item):
                    merged = {**self._mapping(source, path), **merged}
            elif key.value in result:
                self._report_duplicate(key, (*path, key.value))
            else:
                result[key.value] = None  # seen, even where its value is refused
                result[key.value] = self.value(item, (*path, key.value))
                self._document.keys[*path, key.value] = _place(key)
        return {**merged, **result}

    def _sources(self, node: Node) -> Iterator[MappingNode]:
        nodes = node.value if isinstance(node, SequenceNode) else [node]
        for source in nodes:
            self._count += 1
            if self._count > NODES_LIMIT:
                message = "a mapping is merged into itself"
                raise _TooBigError(message)
            if isinstance(source, MappingNode):
                yield source
            else:
                message = "<< merges something that is no mapping"
                hint = "write <<: *name, with &name before a mapping"
                self._report_syntax(message, hint, source)

    def _report_syntax(self, message: str, hint: str, node: Node) -> None:
        self._document.report("plan-syntax", message, hint=hint, place=_place(node))

    def _report_duplicate(self, key: ScalarNode, path: Path) -> None:
        first = self._document.keys[path].line
        message = f"the key {key.value!r} stands twice; the first is in line {first}"
        place = _place(key)
        self._document.report("plan-duplicate-key", message, hint="keep one of them", place=place)

    def _scalar(self, node: ScalarNode, path: Path) -> Any:
        if any("\ud800" <= sign <= "\udfff" for sign in node.value):
            self._report_syntax("a text holds half a character", "write the character itself", node)
            return None
        plain = node.style not in {"'", '"', "|", ">"}
        if "$" not in node.value:
            return scalars.resolve(node.value, str(node.tag).removeprefix(_TAG))
        filled = interpolate(node.value, self._lookup)
        place = _place(node, names=filled.names)
        self._document.values[path] = place
        for name in filled.unset:
            message = f"the environment variable {name} is not set"
            hint = f"set it, or give a default: ${{{name}:-...}}"
            self._document.report("plan-variable", message, hint=hint, place=place)
        if filled.broken:
            message = f"{node.value!r} has a ${{ that starts no variable"
            hint = "write ${NAME} or ${NAME:-default}; a dollar sign itself is $$"
            self._document.report("plan-variable", message, hint=hint, place=place)
        return scalars.guess(filled.text) if plain and filled.names else filled.text


def _place(node: Node, names: tuple[str, ...] = ()) -> Place:
    raw = node.value if isinstance(node, ScalarNode) else ""
    mark = node.start_mark
    return Place(line=mark.line + 1, column=mark.column + 1, raw=raw, names=names)
