"""The events over a dashboard's time series: its own annotations, and every mark."""

import asyncio
import time
from collections.abc import Iterable

from vedette.console.services import Services
from vedette.dashboards.annotation import events
from vedette.dashboards.dashboard import Dashboard
from vedette.dashboards.event import Annotation, Event
from vedette.dashboards.interpolate import Values, interpolate
from vedette.errors import VedetteError
from vedette.model.mark import KINDS, MARK, Mark

_MOST = 500
_POINTS = 1000
# Of a console without a stack: Prometheus may have marks of somebody else's stack.
_MARKS = tuple(
    Annotation(
        name=kind.title,
        expr=f'{MARK}{{kind="{name}"}} * 1000',
        colour=kind.colour,
        title="{{kind}}",
        text="{{text}}",
        tags=("module", "model"),
        timed=True,
    )
    for name, kind in KINDS.items()
)


async def fetch(
    services: Services, dashboard: Dashboard, values: Values, *, span: tuple[float, float]
) -> list[Event]:
    """Return the events of a time range, by time; what cannot be asked is left out.

    Marks come from the store, where the console has one: there they are at once, and also
    those that are too old for Prometheus.

    Args:
        services: Prometheus and the store.
        dashboard: Whose annotations.
        values: The chosen values by variable.
        span: Start and end, Unix seconds.
    """
    own = [one for one in dashboard.annotations if MARK.name not in one.expr]
    asked = own if services.handed else [*own, *_MARKS]
    answers = await asyncio.gather(
        *(_ask(services, dashboard, one, job=(values, span)) for one in asked)
    )
    found = [event for answer in answers for event in answer]
    if services.handed:
        found += _marked(await asyncio.to_thread(services.handed.marks, *span))
    return sorted(found, key=lambda event: event.start)[-_MOST:]


async def _ask(
    services: Services,
    dashboard: Dashboard,
    annotation: Annotation,
    *,
    job: tuple[Values, tuple[float, float]],
) -> list[Event]:
    values, (start, end) = job
    step = max(annotation.step, (end - start) / _POINTS)
    expr = interpolate(annotation.expr, dashboard.variables, values, builtin={})
    if annotation.timed:
        # Said now of what was then: a mark may have been set long after its time.
        end = max(end, time.time())
    params: dict[str, str | list[str]] = {
        "query": expr,
        "start": f"{start:.3f}",
        "end": f"{end:.3f}",
        "step": f"{step:.3f}",
    }
    try:
        answer = await services.prometheus.json("/api/v1/query_range", params)
        return events(annotation, answer["result"], span=job[1])
    except (VedetteError, LookupError, TypeError, ValueError):
        return []  # the panels say what is wrong with Prometheus


def _marked(marks: Iterable[Mark]) -> list[Event]:
    return [
        Event(
            start=mark.at,
            end=mark.at,
            name=KINDS[mark.kind].title,
            colour=KINDS[mark.kind].colour,
            title=mark.kind,
            text=mark.text,
            tags=tuple(tag for tag in (mark.module, mark.model) if tag),
        )
        for mark in marks
        if mark.kind in KINDS
    ]
