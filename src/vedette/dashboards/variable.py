"""The choices at the top of a dashboard, out of `templating.list`."""

import re
from collections.abc import Iterator
from typing import Final

from vedette.dashboards.dashboard import Choice, Variable, VariableKind
from vedette.dashboards.node import Node

ALL = "$__all"
_KINDS: Final[dict[str, VariableKind]] = {
    "query": "query",
    "custom": "custom",
    "constant": "constant",
    "textbox": "textbox",
    "interval": "interval",
    "datasource": "datasource",
}
_ESCAPED_COMMA = re.compile(r"(?<!\\),")


def variables(root: Node) -> tuple[Variable, ...]:
    """Read the variables in the file's order.

    Raises:
        DashboardError: one cannot be read; the place is named.
    """
    found = (_variable(node) for node in root.get("templating").get("list").items())
    return tuple(variable for variable in found if variable is not None)


def _variable(node: Node) -> Variable | None:
    kind = _KINDS.get(node.get("type").text())
    name = node.get("name").text()
    if kind is None or not name:
        return None
    query = node.get("query")
    text = query.get("query").text() if query.is_object() else query.text()
    return Variable(
        name=name,
        label=node.get("label").text() or name,
        kind=kind,
        query=text,
        choices=tuple(_choices(kind, text)),
        regex=node.get("regex").text(),
        sort=node.get("sort").whole(0, high=8),
        multi=node.get("multi").flag(),
        all=node.get("includeAll").flag(),
        all_value=node.get("allValue").text(),
        chosen=tuple(_chosen(node.get("current").get("value"))),
        hidden=kind == "constant" or node.get("hide").value == 2,  # noqa: PLR2004 - Grafana's "variable"
    )


def _chosen(value: Node) -> Iterator[str]:
    if isinstance(value.value, list):
        yield from (item.text() for item in value.items())
    elif value.value is not None and value.value != "":
        yield value.text()


def _choices(kind: VariableKind, text: str) -> Iterator[Choice]:
    if kind in {"constant", "textbox"}:
        yield Choice(text=text, value=text)
    elif kind in {"custom", "interval"}:
        for part in _ESCAPED_COMMA.split(text):
            word = part.replace("\\,", ",").strip()
            label, colon, value = word.partition(" : ")
            if word:
                yield Choice(
                    text=label.strip() if colon else word, value=value.strip() if colon else word
                )
