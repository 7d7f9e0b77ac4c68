"""Grafana's rules for the step of a query and for `$__interval` and its kin."""

import math
from dataclasses import dataclass

from vedette.dashboards.dashboard import Panel, Query
from vedette.dashboards.duration import seconds, written

# Grafana's rounding of an interval (gtime.RoundInterval): up to the first, take the second.
_ROUNDED = (
    (0.01, 0.001),
    (0.015, 0.01),
    (0.035, 0.02),
    (0.075, 0.05),
    (0.15, 0.1),
    (0.35, 0.2),
    (0.75, 0.5),
    (1.5, 1.0),
    (3.5, 2.0),
    (7.5, 5.0),
    (12.5, 10.0),
    (17.5, 15.0),
    (25.0, 20.0),
    (45.0, 30.0),
    (90.0, 60.0),
    (210.0, 120.0),
    (450.0, 300.0),
    (750.0, 600.0),
    (1050.0, 900.0),
    (1500.0, 1200.0),
    (2700.0, 1800.0),
    (5400.0, 3600.0),
    (9000.0, 7200.0),
    (16200.0, 10800.0),
    (32400.0, 21600.0),
    (86400.0, 43200.0),
    (604800.0, 86400.0),
    (1814400.0, 604800.0),
    (3628800.0, 2592000.0),
)
_YEAR = 31536000.0
# Prometheus answers at most 11,000 points a series.
_MOST_POINTS = 11_000
_RATE = {"$__rate_interval", "${__rate_interval}"}
_INTERVAL = {"$__interval", "${__interval}"}
_SCRAPES_PER_RATE = 4


@dataclass(frozen=True, kw_only=True)
class Window:
    """What is looked at.

    Args:
        start: Unix seconds.
        end: Unix seconds, later than `start`.
        points: How many points a series may have: the panel's width in pixels.
        scrape: How often targets are asked, in seconds.
    """

    start: float
    end: float
    points: int
    scrape: float

    @property
    def length(self) -> float:
        """How long it is, in seconds."""
        return self.end - self.start


@dataclass(frozen=True, kw_only=True)
class Steps:
    """The step of one query and the values that its expression may ask for, in seconds."""

    step: float
    rate_interval: float
    length: float

    def values(self) -> dict[str, str]:
        """Return the built-in variables by name, without the `$`."""
        length = max(1, round(self.length))
        return {
            "__interval": written(self.step),
            "__interval_ms": str(round(self.step * 1000)),
            "__rate_interval": written(self.rate_interval),
            "__rate_interval_ms": str(round(self.rate_interval * 1000)),
            "__range": f"{length}s",
            "__range_s": str(length),
            "__range_ms": str(length * 1000),
        }


def rounded(interval: float) -> float:
    """Round an interval in seconds to one that people like."""
    return next((nice for limit, nice in _ROUNDED if interval <= limit), _YEAR)


def steps(panel: Panel, query: Query, window: Window) -> Steps:
    """Return what Grafana would ask Prometheus with.

    Args:
        panel: Its smallest step and its points count.
        query: Its own smallest step and its factor count.
        window: What is looked at.
    """
    points = panel.max_points or max(1, window.points)
    asked = query.interval.strip()
    smallest = seconds(asked) or seconds(panel.interval) or window.scrape
    calculated = max(rounded(window.length / points), smallest)
    safest = rounded(window.length / _MOST_POINTS)
    adjusted = max(calculated, safest)
    if asked in _RATE:
        rate = max(adjusted + window.scrape, _SCRAPES_PER_RATE * window.scrape)
        return Steps(step=rate, rate_interval=rate, length=window.length)
    step = adjusted * query.factor
    scrape = step if asked in _INTERVAL else seconds(asked) or window.scrape
    rate = max(step + scrape, _SCRAPES_PER_RATE * scrape)
    return Steps(step=step, rate_interval=rate, length=window.length)


def aligned(window: Window, step: float) -> tuple[float, float]:
    """Return start and end moved down to multiples of the step, so that points stay put."""
    return math.floor(window.start / step) * step, math.floor(window.end / step) * step
