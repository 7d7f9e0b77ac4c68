"""The questions of a panel, out of `targets`."""

from vedette.dashboards.dashboard import Query
from vedette.dashboards.node import Node

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
PROMETHEUS = {"", "prometheus", "grafana-amazonprometheus-datasource"}


def queries(panel: Node) -> tuple[Query, ...]:
    """Read the Prometheus queries of a panel that are not hidden.

    Raises:
        DashboardError: an expression is not text; the place is named.
    """
    found = []
    for position, target in enumerate(panel.get("targets").items()):
        expr = target.get("expr").text().strip()
        if not expr or target.get("hide").flag() or foreign(target.get("datasource")):
            continue
        found.append(_query(target, expr, _letter(position)))
    return tuple(found)


def foreign(datasource: Node) -> str:
    """Return the type of a data source that is not Prometheus, else an empty text.

    A text, null or a variable names one that we cannot know: ours is used in its place.
    """
    if not datasource.is_object():
        return ""
    kind = datasource.get("type").value
    return kind if isinstance(kind, str) and kind not in PROMETHEUS else ""


def _query(target: Node, expr: str, ref: str) -> Query:
    return Query(
        ref=target.get("refId").text() or ref,
        expr=expr,
        legend=target.get("legendFormat").text(),
        instant=target.get("instant").flag() and not target.get("range").flag(),
        shape=target.get("format").word("time_series", "table", "heatmap"),
        interval=target.get("interval").text(),
        factor=target.get("intervalFactor").whole(1, low=1, high=100),
    )


def _letter(position: int) -> str:
    first, second = divmod(position, len(_LETTERS))
    return (
        f"{_LETTERS[first - 1]}{_LETTERS[second]}"
        if 0 < first <= len(_LETTERS)
        else _LETTERS[second]
    )
