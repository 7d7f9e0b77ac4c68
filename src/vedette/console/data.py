"""The data of a dashboard's panels: one request in, one line of JSON per query out."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass

from vedette.console import targets
from vedette.console.problems import UpstreamError
from vedette.console.services import Services
from vedette.dashboards.dashboard import Dashboard, Panel, Query
from vedette.dashboards.interpolate import Values, interpolate
from vedette.dashboards.step import Window, aligned, steps
from vedette.errors import VedetteError

_AWAY = 500
_DEFAULT_SCRAPE = 15.0
_SCRAPE_KNOWN_SECONDS = 60.0


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What one request wants to see.

    Args:
        start: Unix seconds.
        end: Unix seconds.
        panels: Width in points by panel id.
        values: Chosen values by variable.
    """

    start: float
    end: float
    panels: dict[int, int]
    values: Values


class Scrape:
    """How often targets are asked, remembered for a minute."""

    def __init__(self) -> None:
        self._known: tuple[float, float] = (0.0, -_SCRAPE_KNOWN_SECONDS)

    async def seconds(self, services: Services) -> float:
        """Return the most common scrape interval; Grafana's 15 s where nobody tells."""
        value, when = self._known
        if time.monotonic() - when < _SCRAPE_KNOWN_SECONDS:
            return value
        try:
            found = await targets.fetch(services.prometheus)
        except VedetteError:
            return _DEFAULT_SCRAPE
        value = targets.usual_interval(found, _DEFAULT_SCRAPE)
        self._known = (value, time.monotonic())
        return value


async def lines(
    services: Services, dashboard: Dashboard, asked: Asked, *, scrape: float
) -> AsyncIterator[bytes]:
    """Yield the answer to every query of the panels, each as soon as it is there.

    A line holds `panel`, `ref`, and either `answer` (Prometheus' own words) with the
    `expr`, `start`, `end` and `step` that were asked, or `problem` and `hint`; `away` tells
    a server that is away from a query that is wrong.

    Args:
        services: Prometheus is asked.
        dashboard: Whose panels.
        asked: What is wanted.
        scrape: How often targets are asked, in seconds.
    """
    tasks = [
        asyncio.create_task(_line(services, dashboard, asked=asked, job=(panel, query, window)))
        for panel, window in _panels(dashboard, asked, scrape)
        for query in panel.queries
    ]
    try:
        for task in asyncio.as_completed(tasks):
            yield await task
    finally:
        for task in tasks:
            task.cancel()


def _panels(dashboard: Dashboard, asked: Asked, scrape: float) -> list[tuple[Panel, Window]]:
    found = []
    for number, points in asked.panels.items():
        panel = dashboard.panel(number)
        if panel is not None:
            window = Window(start=asked.start, end=asked.end, points=points, scrape=scrape)
            found.append((panel, window))
    return found


async def _line(
    services: Services,
    dashboard: Dashboard,
    *,
    asked: Asked,
    job: tuple[Panel, Query, Window],
) -> bytes:
    panel, query, window = job
    rule = steps(panel, query, window)
    variables = dashboard.variables
    expr = interpolate(query.expr, variables, asked.values, builtin=rule.values())
    start, end = aligned(window, rule.step)
    head = {
        "panel": panel.id,
        "ref": query.ref,
        "expr": expr,
        "start": start,
        "end": end,
        "step": rule.step,
    }
    try:
        answer = await _ask(
            services, query, expr=expr, span=(start, end, rule.step), now=window.end
        )
    except VedetteError as error:
        away = isinstance(error, UpstreamError) and error.status >= _AWAY
        said = {"problem": error.problem, "hint": error.hint, "away": away}
        return _written({**head, **said}) + b"\n"
    # Prometheus' bytes are passed on unread; its JSON has no line break inside a text.
    return _written(head)[:-1] + b',"answer":' + answer.replace(b"\n", b" ") + b"}\n"


async def _ask(
    services: Services, query: Query, *, expr: str, span: tuple[float, float, float], now: float
) -> bytes:
    prometheus = services.prometheus
    if query.instant:
        return await prometheus.raw(
            "/api/v1/query", {"query": expr, "time": f"{now:.3f}"}, post=True
        )
    start, end, step = (f"{value:.3f}" for value in span)
    params = {"query": expr, "start": start, "end": end, "step": step}
    return await prometheus.raw("/api/v1/query_range", params, post=True)


def _written(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
