"""Events over time, and the questions that give them."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Annotation:
    """One question whose answer is drawn as events over every time series.

    Args:
        name: What the events are called.
        expr: PromQL with variables.
        colour: Grafana's colour of the events.
        title: Of an event, with labels as `{{kind}}`.
        text: Of an event, with labels.
        tags: Labels whose values are the tags of an event.
        step: Seconds between two samples; events that are no further apart are one.
        timed: True where the value is the time, in milliseconds; else every sample above 0
            is an event at its own time.
    """

    name: str
    expr: str
    colour: str = "red"
    title: str = ""
    text: str = ""
    tags: tuple[str, ...] = ()
    step: float = 60.0
    timed: bool = False


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened, or went on.

    Args:
        start: Unix seconds.
        end: Unix seconds; the start where it was a moment.
        name: Of its annotation.
        colour: Grafana's.
        title: What happened.
        text: More of it.
        tags: What it belongs to.
    """

    start: float
    end: float
    name: str
    colour: str
    title: str
    text: str = ""
    tags: tuple[str, ...] = ()
