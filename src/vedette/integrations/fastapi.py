"""FastAPI and Starlette: count and time every request, and serve the metrics."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from vedette.middleware.asgi import Watch
from vedette.middleware.health import asgi_health
from vedette.middleware.pages import asgi_metrics
from vedette.middleware.protocols import App, Scope
from vedette.model.integration import Integration
from vedette.packs.health.record import Health
from vedette.sdk.monitor import Monitor, default_monitor

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
    chosen = monitor or default_monitor()
    pages: dict[str, App] = {path: asgi_metrics(chosen)} if path else {}
    if health is not None:
        pages |= asgi_health(health)
    if app is None:
        _watch_every(chosen, pages)
    elif not isinstance(app.middleware_stack, Watch) and "build_middleware_stack" not in vars(app):
        _watch(app, chosen, pages)


def _watch(app: "Starlette", monitor: Monitor, pages: Mapping[str, App]) -> None:
    """Stand around all middleware of one application, also that which is added later."""

    def around(stack: App) -> Watch:
        return Watch(stack, monitor, routes=app, pages=pages)

    if app.middleware_stack is not None:  # it has begun to answer
        app.middleware_stack = around(app.middleware_stack)
        return
    build = app.build_middleware_stack
    vars(app)["build_middleware_stack"] = lambda: around(build())


def _watch_every(monitor: Monitor, pages: Mapping[str, App]) -> None:
    from starlette.applications import Starlette

    answer: Any = Starlette.__call__
    if hasattr(answer, _CHANGED):
        return

    async def watched(self: Starlette, scope: Scope, *channels: Any) -> None:
        if not isinstance(self.middleware_stack, Watch):
            stack = self.middleware_stack or self.build_middleware_stack()
            if not isinstance(stack, Watch):
                stack = Watch(stack, monitor, routes=self, pages=pages)
            self.middleware_stack = stack
        await answer(self, scope, *channels)

    setattr(watched, _CHANGED, answer)
    changed: Any = Starlette
    changed.__call__ = watched
