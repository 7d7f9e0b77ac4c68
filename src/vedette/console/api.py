"""The console's own API: what the page asks for."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, Field

from vedette.console import alerts, annotations, options, overview, programs, targets
from vedette.console.data import Asked, Scrape, lines
from vedette.console.explain import explain
from vedette.console.problems import RequestError
from vedette.console.services import Services
from vedette.dashboards.dashboard import Dashboard
from vedette.dashboards.event import Event

_LONGEST = 20_000
_MOST_PANELS = 200
_POINTS = 3000
Names = dict[str, list[str]]


class Wanted(BaseModel):
    """A time range and the values chosen so far."""

    start: float = Field(description="Unix seconds.", gt=0)
    end: float = Field(description="Unix seconds.", gt=0)
    values: Names = Field(default_factory=dict, description="Values by variable.")

    def span(self) -> tuple[float, float]:
        """Return start and end.

        Raises:
            RequestError: the end is not after the start.
        """
        if self.end <= self.start:
            problem = f"the range ends at {self.end}, before it starts at {self.start}"
            raise RequestError(422, problem, hint="swap start and end")
        return self.start, self.end


class WantedPanel(BaseModel):
    """One panel that is on the screen."""

    id: int
    points: int = Field(default=600, ge=10, le=_POINTS, description="Its width in pixels.")


class WantedData(Wanted):
    """The panels that are on the screen."""

    panels: list[WantedPanel] = Field(max_length=_MOST_PANELS)


class Listed(BaseModel):
    """One dashboard in the list."""

    uid: str
    title: str
    description: str
    tags: list[str]
    panels: int


class Broken(BaseModel):
    """One dashboard file that cannot be read."""

    file: str
    line: int
    column: int
    place: str
    problem: str
    hint: str


class DashboardList(BaseModel):
    """What the dashboards folder holds."""

    dashboards: list[Listed]
    broken: list[Broken]


class Runbook(BaseModel):
    """What to do about one alert, in Markdown."""

    name: str
    text: str


class Reason(BaseModel):
    """Why an expression gives nothing."""

    reason: str


def routes(services: Services) -> APIRouter:
    """Return the routes of a running console."""
    router = APIRouter(prefix="/api")
    _add_state(router, services)
    _add_dashboards(router, services)
    return router


def _add_state(router: APIRouter, services: Services) -> None:
    @router.get("/overview")
    async def _overview() -> overview.Overview:
        """Everything that the first page shows."""
        return await overview.fetch(services)

    @router.get("/targets")
    async def _targets() -> list[targets.Target]:
        """What is scraped, with its health."""
        return await targets.fetch(services.prometheus)

    @router.get("/alerts")
    async def _alerts() -> alerts.Alerts:
        """Every alert rule with its state."""
        return await alerts.fetch(services)

    @router.get("/programs")
    async def _programs() -> dict[str, Any]:
        """The programs of the stack, as their supervisor sees them."""
        return await programs.fetch(services.config.state)

    @router.get("/runbooks/{name}")
    async def _runbook(name: str) -> Runbook:
        """What to do about an alert."""
        known = services.library.runbooks()
        if name not in known:
            hint = f"there are runbooks for: {', '.join(sorted(known)) or 'no alert'}"
            raise RequestError(404, f"there is no runbook {name!r}", hint=hint)
        return Runbook(name=name, text=known[name])


def _add_dashboards(router: APIRouter, services: Services) -> None:
    scrape = Scrape()

    @router.get("/dashboards")
    async def _list() -> DashboardList:
        """What the dashboards folder holds."""
        return _listed(services)

    @router.get("/dashboards/{uid}")
    async def _one(uid: str) -> Dashboard:
        """One dashboard, normalised."""
        return _find(services, uid)

    @router.post("/dashboards/{uid}/variables")
    async def _variables(uid: str, wanted: Wanted) -> list[options.Resolved]:
        """The choices of every variable."""
        found = _find(services, uid)
        return await options.resolve(services.prometheus, found, wanted.values, span=wanted.span())

    @router.post("/dashboards/{uid}/data")
    async def _data(uid: str, wanted: WantedData) -> StreamingResponse:
        """The data of the panels: a line of JSON per query, each as soon as it is there."""
        found, (start, end) = _find(services, uid), wanted.span()
        panels = {panel.id: panel.points for panel in wanted.panels}
        asked = Asked(start=start, end=end, panels=panels, values=wanted.values)
        seconds = await scrape.seconds(services)
        stream = lines(services, found, asked, scrape=seconds)
        return StreamingResponse(stream, media_type="application/x-ndjson")

    @router.post("/dashboards/{uid}/annotations")
    async def _annotations(uid: str, wanted: Wanted) -> list[Event]:
        """What happened meanwhile: the dashboard's own annotations, and every mark."""
        found = _find(services, uid)
        return await annotations.fetch(services, found, wanted.values, span=wanted.span())

    @router.get("/explain")
    async def _explain(expr: Annotated[str, Query(max_length=_LONGEST)]) -> Reason:
        """Why an expression gives nothing."""
        return Reason(reason=await explain(services.prometheus, expr))


def _find(services: Services, uid: str) -> Dashboard:
    shelf = services.library.shelf()
    if uid not in shelf.dashboards:
        hint = f"there are: {', '.join(sorted(shelf.dashboards)) or 'none'}"
        raise RequestError(404, f"there is no dashboard {uid!r}", hint=hint)
    return shelf.dashboards[uid]


def _listed(services: Services) -> DashboardList:
    shelf = services.library.shelf()
    found = sorted(shelf.dashboards.values(), key=lambda dashboard: dashboard.title.lower())
    return DashboardList(
        dashboards=[
            Listed(
                uid=one.uid,
                title=one.title,
                description=one.description,
                tags=list(one.tags),
                panels=sum(len(section.panels) for section in one.sections),
            )
            for one in found
        ],
        broken=[
            Broken(
                file=error.file,
                line=error.line,
                column=error.column,
                place=error.place,
                problem=error.problem,
                hint=error.hint,
            )
            for error in shelf.errors
        ],
    )
