"""One normalised dashboard: what a viewer draws, whatever the file's age and form."""

from dataclasses import dataclass
from typing import Literal

from vedette.dashboards.event import Annotation

Kind = Literal[
    "timeseries", "stat", "gauge", "bargauge", "table", "piechart", "heatmap", "text", "unsupported"
]
Style = Literal["line", "bars", "points"]
Stacking = Literal["none", "normal", "percent"]
VariableKind = Literal["query", "custom", "constant", "textbox", "interval", "datasource"]


@dataclass(frozen=True, kw_only=True)
class Query:
    """One question of a panel.

    Args:
        ref: `A`, `B`, …; given in order where the file gives none.
        expr: PromQL with variables.
        legend: Grafana's legend format; empty or `__auto` for the labels.
        instant: True asks for one value instead of a range.
        shape: `time_series`, `table` or `heatmap`.
        interval: Smallest step, `30s`; empty for the panel's.
        factor: The step is multiplied by it.
    """

    ref: str
    expr: str
    legend: str = ""
    instant: bool = False
    shape: str = "time_series"
    interval: str = ""
    factor: int = 1


@dataclass(frozen=True, kw_only=True)
class Step:
    """From `value` upwards the colour is `colour`; None is the base."""

    value: float | None
    colour: str


@dataclass(frozen=True, kw_only=True)
class Mapping:
    """Words in place of values.

    Args:
        kind: How `value` is compared.
        value: The value, the regular expression or the special word (`null`, `nan`, …).
        low: Lower end of a range; None is open.
        high: Upper end of a range; None is open.
        text: What is shown.
        colour: In which colour; empty for the panel's own.
    """

    kind: Literal["value", "range", "regex", "special"]
    value: str = ""
    low: float | None = None
    high: float | None = None
    text: str = ""
    colour: str = ""


@dataclass(frozen=True, kw_only=True)
class Field:
    """How a value is written and coloured.

    Args:
        unit: Grafana's unit id; an unknown one is a suffix.
        decimals: Digits after the point; None lets the value decide.
        minimum: Lower end of the scale.
        maximum: Upper end of the scale.
        empty: Shown where there is no value.
        name: Fixed name of every series; empty for the legend.
        steps: Thresholds, rising.
        percentage: True where the steps are per cent of the scale.
        mappings: Words for values.
        colouring: `palette-classic`, `thresholds` or `fixed`.
        colour: The fixed colour.
    """

    unit: str = ""
    decimals: int | None = None
    minimum: float | None = None
    maximum: float | None = None
    empty: str = ""
    name: str = ""
    steps: tuple[Step, ...] = ()
    percentage: bool = False
    mappings: tuple[Mapping, ...] = ()
    colouring: str = "palette-classic"
    colour: str = ""


@dataclass(frozen=True, kw_only=True)
class Stroke:
    """How a series is drawn in a time series panel.

    Args:
        style: Lines, bars or points.
        interpolation: `linear`, `smooth`, `stepBefore` or `stepAfter`.
        width: Of the line, in pixels.
        fill: Opacity of the area below it, 0 to 100.
        stacking: Series upon each other, as they are or as a share.
        span_nulls: True draws over gaps.
        log_base: 0 for a linear scale, else 2 or 10.
        thresholds: How thresholds are drawn, `off`, `line`, `area`, …
    """

    style: Style = "line"
    interpolation: str = "linear"
    width: float = 1
    fill: float = 0
    stacking: Stacking = "none"
    span_nulls: bool = False
    log_base: int = 0
    thresholds: str = "off"


@dataclass(frozen=True, kw_only=True)
class Options:
    """What a panel's kind can be told.

    Args:
        reducer: Which of a range's values is shown.
        each: True shows every value instead of a reduced one.
        text: `auto`, `value`, `name`, `value_and_name` or `none`.
        colours: What is coloured: `value`, `background` or `none`.
        graph: `area` draws a sparkline.
        orientation: `auto`, `horizontal` or `vertical`.
        legend: Where the legend is: `bottom`, `right` or empty for nowhere.
        calcs: Reduced values beside each name in the legend.
        donut: True leaves the middle of a pie empty.
        mode: Of a text panel: `markdown`, `html` or `code`.
        content: Of a text panel.
    """

    reducer: str = "lastNotNull"
    each: bool = False
    text: str = "auto"
    colours: str = "value"
    graph: str = "none"
    orientation: str = "auto"
    legend: str = "bottom"
    calcs: tuple[str, ...] = ()
    donut: bool = False
    mode: str = "markdown"
    content: str = ""


@dataclass(frozen=True, kw_only=True)
class Grid:
    """Place in the 24 columns, in rows of 30 pixels from the top of its section."""

    x: int
    y: int
    w: int
    h: int


@dataclass(frozen=True, kw_only=True)
class Panel:
    """One picture.

    Args:
        id: Unique in the dashboard.
        kind: How it is drawn; `unsupported` gives its reason.
        title: With variables.
        description: Markdown.
        grid: Where it stands.
        queries: What it asks, without the hidden ones.
        field: How its values are written.
        stroke: How its series are drawn.
        options: What its kind is told.
        interval: Smallest step; empty for the scrape interval.
        max_points: Points per series; 0 for the panel's width.
        reason: Why it cannot be drawn.
        notes: What of it is not drawn as the file asks.
    """

    id: int
    kind: Kind
    title: str
    description: str = ""
    grid: Grid
    queries: tuple[Query, ...] = ()
    field: Field
    stroke: Stroke
    options: Options
    interval: str = ""
    max_points: int = 0
    reason: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Section:
    """Panels under one heading; an empty title is the part above the first row."""

    title: str
    collapsed: bool
    panels: tuple[Panel, ...]


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One value that a variable can take, and how it is shown."""

    text: str
    value: str


@dataclass(frozen=True, kw_only=True)
class Variable:
    """A choice at the top of a dashboard.

    Args:
        name: Used as `$name`.
        label: What it is called.
        kind: Where its values come from.
        query: `label_values(metric, label)` and the like, with variables.
        choices: Fixed values.
        regex: Cuts the values of a query.
        sort: Grafana's number: 0 as they come, odd rising, even falling.
        multi: True where several may be chosen.
        all: True where All may be chosen.
        all_value: What All stands for; empty for all the values.
        chosen: The values saved in the file.
        hidden: True where it is not shown.
    """

    name: str
    label: str
    kind: VariableKind
    query: str = ""
    choices: tuple[Choice, ...] = ()
    regex: str = ""
    sort: int = 0
    multi: bool = False
    all: bool = False
    all_value: str = ""
    chosen: tuple[str, ...] = ()
    hidden: bool = False


@dataclass(frozen=True, kw_only=True)
class Link:
    """A way to another dashboard or page, or to all dashboards that have the tags."""

    title: str
    url: str = ""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Dashboard:
    """A page of panels.

    Args:
        uid: In the address; made from the file's name where the file has none.
        title: Shown on top.
        description: Which question the page answers.
        tags: For search.
        start: Where it begins at first, `now-1h`, …
        end: … and where it ends, `now`.
        refresh: How often it asks again, `5s`; empty for never.
        sections: What is on it.
        variables: The choices on top, in the order in which they depend on each other.
        links: Ways to other pages.
        annotations: Questions whose answers are drawn as events.
        notes: What the file asks for and Grafana or this viewer does not do.
    """

    uid: str
    title: str
    description: str = ""
    tags: tuple[str, ...] = ()
    start: str = "now-1h"
    end: str = "now"
    refresh: str = ""
    sections: tuple[Section, ...] = ()
    variables: tuple[Variable, ...] = ()
    links: tuple[Link, ...] = ()
    annotations: tuple[Annotation, ...] = ()
    notes: tuple[str, ...] = ()

    def panel(self, number: int) -> Panel | None:
        """Return the panel with this id, or None."""
        return next((p for s in self.sections for p in s.panels if p.id == number), None)
