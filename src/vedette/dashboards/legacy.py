"""Panels of old schemas (`graph`, `singlestat`, …), rewritten in the form of today."""

from collections.abc import Callable, Mapping
from typing import Any

from vedette.dashboards.node import Node

_REDUCERS = {
    "avg": "mean",
    "current": "lastNotNull",
    "total": "sum",
    "name": "lastNotNull",
    "min": "min",
    "max": "max",
    "first": "first",
    "delta": "delta",
    "diff": "diff",
    "range": "range",
}
_COLOURS = ("#299c46", "#ed8128", "#d44a3a")
_OPACITY_PER_FILL = 10


def translate(node: Node) -> Node:
    """Return the panel as a current Grafana would save it; a current one as it is.

    Raises:
        DashboardError: an old option cannot be read; the place is named.
    """
    name = node.get("type").value
    rule = _RULES.get(name) if isinstance(name, str) else None
    if rule is None:
        return node
    return Node({**node.value, **rule(node)}, node.place, node.file)


def _graph(node: Node) -> Mapping[str, Any]:
    axis = next(iter(node.get("yaxes").items()), Node(None))
    legend = node.get("legend")
    stacked = "percent" if node.get("percentage").flag() else "normal"
    custom = {
        "drawStyle": _graph_style(node),
        "lineWidth": node.get("linewidth").number(1),
        "fillOpacity": (node.get("fill").number(0) or 0) * _OPACITY_PER_FILL,
        "stacking": {"mode": stacked if node.get("stack").flag() else "none"},
        "spanNulls": node.get("nullPointMode").value == "connected",
        "lineInterpolation": "stepAfter" if node.get("steppedLine").flag() else "linear",
    }
    defaults = {
        "unit": axis.get("format").text(),
        "decimals": axis.get("decimals").number(),
        "min": _limit(axis.get("min")),
        "max": _limit(axis.get("max")),
        "custom": custom,
    }
    side = "right" if legend.get("rightSide").flag() else "bottom"
    shown = legend.get("show").flag(default=True)
    return {
        "type": "timeseries",
        "fieldConfig": {"defaults": defaults},
        "options": {"legend": {"showLegend": shown, "placement": side}},
    }


def _graph_style(node: Node) -> str:
    if node.get("bars").flag():
        return "bars"
    points = node.get("points").flag() and not node.get("lines").flag(default=True)
    return "points" if points else "line"


def _limit(node: Node) -> float | None:
    """Read an axis limit; old ones may be text such as `~100`, which meant about."""
    try:
        return float(node.value) if isinstance(node.value, str | int | float) else None
    except ValueError:
        return None


def _singlestat(node: Node) -> Mapping[str, Any]:
    name = node.get("valueName").value
    gauge = node.get("gauge").get("show").flag()
    coloured = "background" if node.get("colorBackground").flag() else "none"
    defaults = {
        "unit": node.get("format").text(),
        "decimals": node.get("decimals").number(),
        "min": node.get("gauge").get("minValue").number(),
        "max": node.get("gauge").get("maxValue").number(),
        "mappings": node.get("valueMaps").value,
        "thresholds": {"steps": _old_steps(node)},
    }
    sparkline = node.get("sparkline").get("show").flag()
    return {
        "type": "gauge" if gauge else "stat",
        "fieldConfig": {"defaults": defaults},
        "options": {
            "reduceOptions": {
                "calcs": [_REDUCERS.get(name, "mean") if isinstance(name, str) else "mean"]
            },
            "colorMode": "value" if node.get("colorValue").flag() else coloured,
            "graphMode": "area" if sparkline else "none",
        },
    }


def _old_steps(node: Node) -> list[dict[str, Any]]:
    colours = [colour.text() for colour in node.get("colors").items()] or list(_COLOURS)
    limits: list[float | None] = [None]
    for part in node.get("thresholds").text().split(","):
        try:
            limits.append(float(part))
        except ValueError:
            continue
    return [
        {"value": limit, "color": colour} for limit, colour in zip(limits, colours, strict=False)
    ]


def _pie(node: Node) -> Mapping[str, Any]:
    name = node.get("valueName").value
    reducer = _REDUCERS.get(name, "lastNotNull") if isinstance(name, str) else "lastNotNull"
    return {
        "type": "piechart",
        "fieldConfig": {"defaults": {"unit": node.get("format").text()}},
        "options": {
            "reduceOptions": {"calcs": [reducer]},
            "pieType": node.get("pieType").word("pie", "donut"),
        },
    }


def _text(node: Node) -> Mapping[str, Any]:
    if node.get("options").get("content").value is not None:
        return {}
    return {"options": {"mode": node.get("mode").value, "content": node.get("content").text()}}


def _table(_: Node) -> Mapping[str, Any]:
    return {"type": "table"}


_RULES: dict[str, Callable[[Node], Mapping[str, Any]]] = {
    "graph": _graph,
    "singlestat": _singlestat,
    "grafana-singlestat-panel": _singlestat,
    "grafana-piechart-panel": _pie,
    "table-old": _table,
    "text": _text,
}
