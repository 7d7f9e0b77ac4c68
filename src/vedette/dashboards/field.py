"""Units, thresholds, mappings and strokes, out of `fieldConfig.defaults`."""

from typing import Final

from vedette.dashboards.dashboard import Field, Mapping, Stacking, Step, Stroke, Style
from vedette.dashboards.node import Node

_MAX_DECIMALS = 15
_STYLES: Final[dict[str, Style]] = {"line": "line", "bars": "bars", "points": "points"}
_STACKING: Final[dict[str, Stacking]] = {"normal": "normal", "percent": "percent"}


def field(defaults: Node) -> Field:
    """Read how values are written and coloured.

    Raises:
        DashboardError: a number is not one; the place is named.
    """
    decimals = defaults.get("decimals").number()
    thresholds = defaults.get("thresholds")
    return Field(
        unit=defaults.get("unit").text(),
        decimals=None if decimals is None else max(0, min(_MAX_DECIMALS, int(decimals))),
        minimum=defaults.get("min").number(),
        maximum=defaults.get("max").number(),
        empty=defaults.get("noValue").text(),
        name=defaults.get("displayName").text(),
        steps=tuple(_step(node) for node in thresholds.get("steps").items()),
        percentage=thresholds.get("mode").word("absolute", "percentage") == "percentage",
        mappings=tuple(m for node in defaults.get("mappings").items() for m in _mappings(node)),
        colouring=defaults.get("color").get("mode").text("palette-classic"),
        colour=defaults.get("color").get("fixedColor").text(),
    )


def stroke(defaults: Node) -> Stroke:
    """Read how series are drawn.

    Raises:
        DashboardError: a number is not one; the place is named.
    """
    custom = defaults.get("custom")
    scale = custom.get("scaleDistribution")
    logarithmic = scale.get("type").word("linear", "log") == "log"
    return Stroke(
        style=_STYLES[custom.get("drawStyle").word(*_STYLES)],
        interpolation=custom.get("lineInterpolation").text("linear"),
        width=custom.get("lineWidth").number(1) or 0,
        fill=custom.get("fillOpacity").number(0) or 0,
        stacking=_STACKING.get(custom.get("stacking").get("mode").word("none", *_STACKING), "none"),
        span_nulls=custom.get("spanNulls").flag(),
        log_base=scale.get("log").whole(10, low=2, high=10) if logarithmic else 0,
        thresholds=custom.get("thresholdsStyle").get("mode").text("off"),
    )


def _step(node: Node) -> Step:
    # The first step is the base; real files write it without a value, with null or a number.
    return Step(value=node.get("value").number(), colour=node.get("color").text("text"))


def _mappings(node: Node) -> tuple[Mapping, ...]:
    kind = node.get("type").value
    options = node.get("options")
    result = options.get("result") if options.is_object() else Node(None)
    text, colour = result.get("text").text(), result.get("color").text()
    if kind == "value" and options.is_object():
        return tuple(_word(key, options.get(key)) for key in options.value)
    if kind == "range":
        low, high = options.get("from").number(), options.get("to").number()
        return (Mapping(kind="range", low=low, high=high, text=text, colour=colour),)
    if kind == "regex":
        pattern = options.get("pattern").text()
        return (Mapping(kind="regex", value=pattern, text=text, colour=colour),)
    if kind == "special":
        match = options.get("match").text()
        return (Mapping(kind="special", value=match, text=text, colour=colour),)
    return _old(node)


def _word(value: str, result: Node) -> Mapping:
    text, colour = result.get("text").text(), result.get("color").text()
    return Mapping(kind="value", value=value, text=text, colour=colour)


def _old(node: Node) -> tuple[Mapping, ...]:
    """Read the form before schema 27: `{op, value, text}` or `{from, to, text}`."""
    text, value = node.get("text").text(), node.get("value").text()
    if value == "null":
        return (Mapping(kind="special", value="null", text=text),)
    if value:
        return (Mapping(kind="value", value=value, text=text),)
    if node.get("from").value is not None and node.get("from").value != "null":
        low, high = node.get("from").number(), node.get("to").number()
        return (Mapping(kind="range", low=low, high=high, text=text),)
    return ()
