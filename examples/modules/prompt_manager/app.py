"""The HTTP side of the prompt manager."""

from typing import Annotated, Any

from fastapi import FastAPI, Path, Query, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from common import faults, serve
from prompt_manager.callers import troubles
from prompt_manager.neighbours import NeighbourError, Neighbours
from prompt_manager.service import Manager, RefusedError
from prompt_manager.store import Store, UnknownPromptError
from prompt_manager.templates import GapError, gaps
from vedette import Module
from vedette.sdk.monitor import Monitor, default_monitor

LONGEST = 200
_STATUS: dict[type[Exception], int] = {
    RefusedError: 403,
    UnknownPromptError: 404,
    GapError: 422,
    NeighbourError: 502,
}

Name = Annotated[str, Path(pattern=r"^[a-z][a-z0-9_-]{0,39}$")]
Version = Annotated[int | None, Query(ge=1)]


class Text(BaseModel):
    """A prompt to keep."""

    text: Annotated[str, Field(min_length=1, max_length=4000)]


class Values(BaseModel):
    """What stands in the gaps, and of which version; the newest unless one is named."""

    version: Annotated[int | None, Field(ge=1)] = None
    values: dict[str, Annotated[str, Field(max_length=4000)]] = {}


class Wish(Values):
    """A prompt to be answered."""

    name: str
    provider: str = "pocket"
    length: Annotated[int, Field(ge=1, le=LONGEST)] = 40


def create_app(
    store: Store, neighbours: Neighbours, *, own_url: str = "", monitor: Monitor | None = None
) -> FastAPI:
    """Return the application.

    Args:
        store: Where prompts are kept.
        neighbours: Who judges and who answers.
        own_url: Where it will be; adds the switches that let troublesome callers loose on it.
        monitor: Whose instruments; the process's own unless given.
    """
    monitor = monitor or default_monitor()
    manager = Manager(store, neighbours, Module("prompt_manager", monitor=monitor))
    app = serve.application("Prompt manager", {"store": lambda: bool(store.names())}, monitor)
    _add_prompts(app, manager, store)
    _add_completion(app, manager, store)
    _add_errors(app)
    if own_url:
        app.include_router(faults.router(troubles(own_url)))
    return app


def _add_prompts(app: FastAPI, manager: Manager, store: Store) -> None:
    @app.get("/prompts")
    def names() -> dict[str, int]:
        """Return the newest version of each prompt."""
        return store.names()

    @app.get("/prompts/{name}")
    def show(name: Name, version: Version = None) -> dict[str, Any]:
        """Return a prompt and the names of its gaps."""
        prompt = store.get(name, version)
        return {**vars(prompt), "gaps": gaps(prompt.text)}

    @app.put("/prompts/{name}")
    def save(name: Name, wish: Text, request: Request) -> dict[str, Any]:
        """Keep a new version of a prompt."""
        manager.admit(serve.caller(request), "save")
        return vars(manager.save(name, wish.text))

    @app.post("/prompts/{name}/render")
    def render(name: Name, wish: Values, request: Request) -> dict[str, Any]:
        """Fill the gaps of a prompt."""
        manager.admit(serve.caller(request), "render")
        prompt = store.get(name, wish.version)
        text = manager.render(prompt, wish.values)
        return {"name": name, "version": prompt.version, "text": text}


def _add_completion(app: FastAPI, manager: Manager, store: Store) -> None:
    @app.post("/complete")
    def complete(wish: Wish, request: Request) -> dict[str, Any]:
        """Render a prompt, have it judged, and have it answered."""
        manager.admit(serve.caller(request), "complete")
        prompt = store.get(wish.name, wish.version)
        done = manager.complete(prompt, wish.values, provider=wish.provider, length=wish.length)
        return {
            "name": prompt.name,
            "version": prompt.version,
            "prompt": done.rendered,
            "answer": done.completion.text,
            "provider": wish.provider,
            "model": done.completion.model,
            "tokens": done.completion.tokens,
            "cost": done.completion.cost,
            "cached": done.cached,
        }


def _add_errors(app: FastAPI) -> None:
    async def failed(_: Request, error: Exception) -> JSONResponse:
        return JSONResponse({"detail": str(error)}, _STATUS[type(error)])

    for kind in _STATUS:
        app.add_exception_handler(kind, failed)
