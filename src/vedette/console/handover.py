"""The routes of what is handed over: in from jobs and marks, out to Prometheus and the page."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import PlainTextResponse
from pydantic import BaseModel
from starlette.background import BackgroundTask

from vedette.console.problems import RequestError
from vedette.console.services import Services
from vedette.errors import VedetteError
from vedette.model.mark import Mark

METRICS = "/handover/metrics"
# Sent by everything that scrapes as Prometheus does, and by nobody who only looks.
_SCRAPER = "x-prometheus-scrape-timeout-seconds"
_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Taken(BaseModel):
    """What became of a message."""

    new: bool


def routes(services: Services) -> APIRouter:
    """Return the routes of a running console."""
    router = APIRouter()
    _add_in(router, services)
    _add_out(router, services)
    return router


def _add_in(router: APIRouter, services: Services) -> None:
    @router.post("/api/handover")
    async def _take(request: Request) -> Taken:
        """Take what a job or a mark hands over; once, however often it comes."""
        # A page elsewhere cannot send this type without being allowed to.
        if not request.headers.get("content-type", "").startswith("application/json"):
            raise RequestError(415, "what is handed over is JSON", hint="say so in Content-Type")
        if services.handed is None:
            hint = "start the stack with `vedette up`"
            raise RequestError(503, services.unhanded, hint=hint)
        try:
            new = await asyncio.to_thread(services.handed.take, await request.body())
        except VedetteError as error:
            raise RequestError(422, error.problem, hint=error.hint) from None
        return Taken(new=new)


def _add_out(router: APIRouter, services: Services) -> None:
    @router.get(METRICS, include_in_schema=False)
    async def _metrics(request: Request) -> Response:
        handed = services.handed
        if handed is None:
            return PlainTextResponse("", media_type=_TYPE)
        scraped = _SCRAPER in request.headers
        found = await asyncio.to_thread(handed.expose, scraped=scraped)
        # Only once the answer has left are the zeros in it known to be seen.
        done = BackgroundTask(handed.shown, found.fresh) if scraped and found.fresh else None
        return PlainTextResponse(found.text, media_type=_TYPE, background=done)

    @router.get("/api/marks")
    async def _marks(
        start: Annotated[float, Query(description="Unix seconds.")],
        end: Annotated[float, Query(description="Unix seconds.")],
    ) -> list[Mark]:
        """The marks between two moments."""
        if services.handed is None:
            return []
        return list(await asyncio.to_thread(services.handed.marks, start, end))
