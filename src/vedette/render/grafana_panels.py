"""Panels in Grafana's classic JSON."""

from collections.abc import Mapping, Sequence
from typing import Any

from vedette.model.dashboard import Panel, Query, Step
from vedette.model.threshold import Threshold, fill

SOURCE = {"type": "prometheus", "uid": "${datasource}"}

# Kinds that tell series apart by their colours; others colour values.
_COLOURFUL = {"timeseries", "piechart"}
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def panel_json(panel: Panel, thresholds: Mapping[str, float]) -> dict[str, Any]:
    """Return one panel as classic Grafana JSON, without its place.

    Args:
        panel: The noun.
        thresholds: Value of every threshold by name.
    """
    block = {
        "type": panel.kind,
        "title": panel.title,
        "description": fill(panel.description, thresholds),
    }
    if panel.kind == "text":
        return {**block, "options": {"mode": "markdown", "content": panel.content}}
    return {
        **block,
        "datasource": SOURCE,
        "targets": [
            _target(query, letter, thresholds) | _shape(panel)
            for query, letter in zip(panel.queries, _LETTERS, strict=False)
        ],
        "fieldConfig": {"defaults": _defaults(panel, thresholds), "overrides": []},
        "options": _options(panel),
    }


def _target(query: Query, letter: str, thresholds: Mapping[str, float]) -> dict[str, Any]:
    return {
        "refId": letter,
        "datasource": SOURCE,
        "expr": fill(query.expr, thresholds),
        "legendFormat": query.legend or "__auto",
        "instant": query.instant,
        "range": not query.instant,
        "editorMode": "code",
    }


def _shape(panel: Panel) -> dict[str, str]:
    # Buckets hold those below them; only for this shape does Grafana take them apart.
    return {"format": "heatmap"} if panel.kind == "heatmap" else {}


def _defaults(panel: Panel, thresholds: Mapping[str, float]) -> dict[str, Any]:
    ends = {"min": panel.minimum, "max": panel.maximum, "decimals": panel.decimals}
    block: dict[str, Any] = {
        "unit": panel.unit,
        **{key: value for key, value in ends.items() if value is not None},
        "color": {"mode": "palette-classic" if panel.kind in _COLOURFUL else "thresholds"},
        "mappings": [_mappings(panel)] if panel.mappings else [],
        "thresholds": {"mode": "absolute", "steps": _steps(panel.steps, thresholds)},
    }
    if panel.kind == "timeseries":
        block["custom"] = _lines(panel)
    return block


def _mappings(panel: Panel) -> dict[str, Any]:
    options = {
        f"{row.value:g}": {"text": row.text, "color": row.colour, "index": index}
        for index, row in enumerate(panel.mappings)
    }
    return {"type": "value", "options": options}


def _steps(steps: Sequence[Step], thresholds: Mapping[str, float]) -> list[dict[str, Any]]:
    based = [*([] if steps and steps[0].value is None else [Step(colour="green")]), *steps]
    return [{"color": step.colour, "value": _limit(step.value, thresholds)} for step in based]


def _limit(value: Threshold | float | None, thresholds: Mapping[str, float]) -> float | None:
    if isinstance(value, Threshold):
        return thresholds.get(value.name, value.default)
    return value


def _lines(panel: Panel) -> dict[str, Any]:
    limits = any(step.value is not None for step in panel.steps)
    return {
        "drawStyle": "line",
        "lineWidth": 1,
        "lineInterpolation": "linear",
        "fillOpacity": 25 if panel.stacked else 8,
        "showPoints": "never",
        "spanNulls": False,
        "stacking": {"mode": "normal" if panel.stacked else "none", "group": "A"},
        "thresholdsStyle": {"mode": "line" if limits else "off"},
    }


def _options(panel: Panel) -> dict[str, Any]:
    reduced = {"calcs": [panel.reduce], "fields": "", "values": False}
    if panel.kind == "timeseries":
        return {
            "legend": {
                "displayMode": "list",
                "placement": "bottom",
                "showLegend": True,
                "calcs": [],
            },
            "tooltip": {"mode": "multi", "sort": "desc"},
        }
    if panel.kind == "stat":
        return {
            "reduceOptions": reduced,
            "colorMode": "value",
            "graphMode": "area",
            "justifyMode": "auto",
            "orientation": "auto",
            "textMode": "auto",
        }
    if panel.kind in {"gauge", "bargauge"}:
        return {"reduceOptions": reduced, "orientation": "auto"}
    if panel.kind == "piechart":
        legend = {"displayMode": "table", "placement": "right", "showLegend": True}
        return {"reduceOptions": reduced, "legend": legend, "pieType": "donut"}
    return _heatmap(panel) if panel.kind == "heatmap" else {}


def _heatmap(panel: Panel) -> dict[str, Any]:
    return {
        "calculate": False,
        "yAxis": {"axisPlacement": "left", "unit": panel.unit},
        "cellValues": {"unit": "short"},
        "cellGap": 1,
        "color": {
            "mode": "opacity",
            "fill": "blue",
            "scale": "exponential",
            "exponent": 0.5,
            "steps": 64,
        },
        "filterValues": {"le": 1e-9},
        "rowsFrame": {"layout": "auto"},
        "showValue": "never",
        "legend": {"show": False},
        "tooltip": {"mode": "single", "yHistogram": False},
    }
