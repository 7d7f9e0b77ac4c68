"""A dashboard as data: the console and Grafana both draw from it."""

from dataclasses import dataclass
from typing import Literal

from vedette.model.threshold import Threshold

PanelKind = Literal[
    "timeseries", "stat", "gauge", "bargauge", "table", "piechart", "heatmap", "text"
]
Colour = Literal["green", "yellow", "orange", "red", "blue", "purple", "text"]


@dataclass(frozen=True, kw_only=True)
class Query:
    """One PromQL query of a panel.

    Args:
        expr: PromQL; may use `$__rate_interval` and the dashboard's variables.
        legend: Grafana's legend format, `{{model}}` for a label; empty for the labels.
        instant: True asks for one value now instead of a range.
    """

    expr: str
    legend: str = ""
    instant: bool = False


@dataclass(frozen=True, kw_only=True)
class Step:
    """From `value` upwards a panel shows `colour`; a first step without value is the base."""

    colour: Colour
    value: Threshold | float | None = None


@dataclass(frozen=True, kw_only=True)
class Mapping:
    """Show `text` in `colour` where a sample equals `value`."""

    value: float
    text: str
    colour: Colour


@dataclass(frozen=True, kw_only=True)
class Panel:
    """One question, one picture.

    Args:
        title: The question in a few words.
        description: What a good and a bad picture look like.
        queries: What is asked.
        kind: How it is drawn.
        unit: Grafana's unit id (`s`, `bytes`, `percentunit`, `reqps`, `short`).
        width: Columns out of 24.
        height: Rows of 30 pixels.
        steps: Colours by value; those of an alert's limit name its threshold.
        mappings: Words for single values.
        minimum: Lower end of the axis, if fixed.
        maximum: Upper end of the axis, if fixed.
        decimals: Digits after the point, if fixed.
        stacked: True draws series upon each other.
        reduce: Which of a range's values a stat shows.
        content: The Markdown of a text panel.
    """

    title: str
    description: str = ""
    queries: tuple[Query, ...] = ()
    kind: PanelKind = "timeseries"
    unit: str = "short"
    width: int = 8
    height: int = 8
    steps: tuple[Step, ...] = ()
    mappings: tuple[Mapping, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    decimals: int | None = None
    stacked: bool = False
    reduce: Literal["lastNotNull", "mean", "max", "min", "sum"] = "lastNotNull"
    content: str = ""


@dataclass(frozen=True, kw_only=True)
class Row:
    """Panels under one heading, read left to right."""

    title: str
    panels: tuple[Panel, ...]


@dataclass(frozen=True, kw_only=True)
class Variable:
    """A choice at the top of a dashboard, filled from a label's values.

    Args:
        name: Used as `$name` in expressions.
        label: What the choice is called.
        query: `label_values(metric, label)`.
        multi: True lets several values be chosen, and All.
    """

    name: str
    label: str
    query: str
    multi: bool = True


@dataclass(frozen=True, kw_only=True)
class Link:
    """From one dashboard to another, or to a page elsewhere.

    Args:
        title: What is found there.
        uid: Of the dashboard; empty where `url` is given. Variables of the same name and the
            time range go along.
        url: An address elsewhere.
    """

    title: str
    uid: str = ""
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class Dashboard:
    """A page of panels.

    Args:
        uid: Stable id, in the address; lower-case letters, digits and dashes.
        title: Shown on top.
        description: One sentence: which question the page answers.
        rows: What is on it.
        variables: The choices on top.
        links: Where to look next, shown on top; from an overview to its details.
        tags: For search.
        refresh: How often it asks again.
        span: How far it looks back at first (`1h`).
    """

    uid: str
    title: str
    description: str
    rows: tuple[Row, ...]
    variables: tuple[Variable, ...] = ()
    links: tuple[Link, ...] = ()
    tags: tuple[str, ...] = ()
    refresh: str = "5s"
    span: str = "15m"
