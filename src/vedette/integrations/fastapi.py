"""FastAPI and Starlette: count and time every request, and serve the metrics."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from vedette.middleware.around import around_asgi
from vedette.middleware.asgi import Watch
from vedette.middleware.protocols import Scope
from vedette.model.integration import Integration
from vedette.packs.health.record import Health
from vedette.sdk.monitor import Monitor

if TYPE_CHECKING:
    from starlette.applications import Starlette

INTEGRATION = Integration(
    title="FastAPI, Starlette",
    library="starlette",
    summary="Requests by route: rate, time, size, errors; the metrics at /metrics.",
    packs=("http",),
    example="""\
from fastapi import FastAPI
from vedette.integrations.fastapi import instrument

app = FastAPI()
instrument(app)
""",
)
Around = Callable[..., Watch]
_CHANGED = "_vedette_original"


def instrument(
    app: "Starlette | None" = None,
    monitor: Monitor | None = None,
    *,
    path: str | None = "/metrics",
    health: Health | None = None,
) -> None:
    """Record every request of one application, or of all in this process, and serve pages.

    A page whose path is a route of the application is left to the application. A second call
    changes nothing.

    Args:
        app: The application, FastAPI or Starlette; every one of this process unless given.
        monitor: Whose instruments; the process's own unless given.
        path: Where the metrics are served; None where something else serves them.
        health: What `/health`, `/ready` and `/live` ask; without it they are not served.
    """
    around = partial(around_asgi, monitor=monitor, path=path, health=health)
    if app is None:
        _watch_every(around)
    elif not isinstance(app.middleware_stack, Watch) and "build_middleware_stack" not in vars(app):
        _watch(app, around)


def _watch(app: "Starlette", around: Around) -> None:
    """Stand around all middleware of one application, also that which is added later."""
    if app.middleware_stack is not None:  # it has begun to answer
        app.middleware_stack = around(app.middleware_stack, routes=app)
        return
    build = app.build_middleware_stack
    vars(app)["build_middleware_stack"] = lambda: around(build(), routes=app)


def _watch_every(around: Around) -> None:
    from starlette.applications import Starlette

    answer: Any = Starlette.__call__
    if hasattr(answer, _CHANGED):
        return

    async def watched(self: Starlette, scope: Scope, *channels: Any) -> None:
        if not isinstance(self.middleware_stack, Watch):
            stack = self.middleware_stack or self.build_middleware_stack()
            watching = isinstance(stack, Watch)
            self.middleware_stack = stack if watching else around(stack, routes=self)
        await answer(self, scope, *channels)

    setattr(watched, _CHANGED, answer)
    changed: Any = Starlette
    changed.__call__ = watched
