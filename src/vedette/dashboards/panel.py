"""One panel of the current form; older ones are translated first."""

from typing import Final

from vedette.dashboards import legacy
from vedette.dashboards.dashboard import Grid, Kind, Options, Panel, Stroke
from vedette.dashboards.field import field, stroke
from vedette.dashboards.node import Node
from vedette.dashboards.query import foreign, queries

_KINDS: Final[dict[str, Kind]] = {
    "timeseries": "timeseries",
    "stat": "stat",
    "gauge": "gauge",
    "bargauge": "bargauge",
    "table": "table",
    "piechart": "piechart",
    "heatmap": "heatmap",
    "text": "text",
}
_COLUMNS = 24
_TALLEST = 200


def panel(node: Node, number: int, place: Grid | None = None) -> Panel:
    """Read one panel.

    Args:
        node: Its JSON.
        number: Its id where the file gives none.
        place: Where it stands, if the file's own grid is not to be read.

    Raises:
        DashboardError: it cannot be read; the place is named.
    """
    old = node.get("type").text()
    node = legacy.translate(node)
    named = node.get("type").text()
    defaults = node.get("fieldConfig").get("defaults")
    asked = queries(node)
    kind = _KINDS.get(named, "unsupported")
    reason = _reason(node, kind, named=old, asked=bool(asked))
    return Panel(
        id=number,
        kind="unsupported" if reason else kind,
        title=node.get("title").text(),
        description=node.get("description").text(),
        grid=place or grid(node.get("gridPos")),
        queries=asked,
        field=field(defaults),
        stroke=stroke(defaults) if kind == "timeseries" else Stroke(),
        options=_options(node.get("options"), kind),
        interval=node.get("interval").text(),
        max_points=node.get("maxDataPoints").whole(0, high=11_000),
        reason=reason,
        notes=_notes(node),
    )


def grid(node: Node) -> Grid:
    """Read where a panel stands.

    Raises:
        DashboardError: a number is not one; the place is named.
    """
    x = node.get("x").whole(0, high=_COLUMNS - 1)
    return Grid(
        x=x,
        y=node.get("y").whole(0),
        w=node.get("w").whole(12, low=1, high=_COLUMNS - x),
        h=node.get("h").whole(8, low=1, high=_TALLEST),
    )


def _reason(node: Node, kind: Kind, *, named: str, asked: bool) -> str:
    if kind == "unsupported":
        return f"panels of type {named!r} are not drawn" if named else "the panel has no type"
    if kind == "text" or asked:
        return ""
    sources = [node.get("datasource"), *(t.get("datasource") for t in node.get("targets").items())]
    other = next((name for name in map(foreign, sources) if name), "")
    return f"it asks the data source {other!r}; only Prometheus is read" if other else ""


def _options(node: Node, kind: Kind) -> Options:
    reduce, legend = node.get("reduceOptions"), node.get("legend")
    calcs = tuple(calc.text() for calc in reduce.get("calcs").items())
    shown = legend.get("showLegend").flag(default=True)
    hidden = not shown or legend.get("displayMode").value == "hidden"
    return Options(
        reducer=calcs[0] if calcs else "lastNotNull",
        each=reduce.get("values").flag(),
        text=node.get("textMode").text("auto"),
        colours=node.get("colorMode").text("value"),
        graph=node.get("graphMode").text("area" if kind == "stat" else "none"),
        orientation=node.get("orientation").text("auto"),
        legend="" if hidden else legend.get("placement").word("bottom", "right"),
        calcs=tuple(calc.text() for calc in legend.get("calcs").items()),
        donut=node.get("pieType").value == "donut",
        mode=node.get("mode").word("markdown", "html", "code"),
        content=node.get("content").text(),
    )


def _notes(node: Node) -> tuple[str, ...]:
    missing = []
    if any(True for _ in node.get("fieldConfig").get("overrides").items()):
        missing.append("Field overrides are not applied.")
    changes = [change.get("id").text() for change in node.get("transformations").items()]
    if changes:
        missing.append(f"Transformations are not applied: {', '.join(changes)}.")
    if isinstance(node.get("repeat").value, str) and node.get("repeat").value:
        missing.append("The panel is shown once instead of once per value of its variable.")
    for key in ("timeFrom", "timeShift"):
        shift = node.get(key).value
        missing += [f"{key} is not applied."] if isinstance(shift, str) and shift else []
    return tuple(missing)
