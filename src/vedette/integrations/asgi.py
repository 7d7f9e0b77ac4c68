"""Any ASGI application: count and time every request, and serve the metrics."""

from vedette.middleware.around import around_asgi
from vedette.middleware.health import asgi_health_app as health_app
from vedette.middleware.protocols import App
from vedette.model.integration import Integration
from vedette.packs.health.record import Health
from vedette.sdk.monitor import Monitor

__all__ = ["INTEGRATION", "health_app", "instrument"]

INTEGRATION = Integration(
    title="ASGI",
    library="asgiref",
    summary="Requests of any ASGI application, by route where its router tells; /metrics.",
    packs=("http",),
    example="""\
from vedette.integrations.asgi import instrument


async def app(scope, receive, send): ...


app = instrument(app)
""",
    automatic=False,
)


def instrument(
    app: App,
    monitor: Monitor | None = None,
    *,
    path: str | None = "/metrics",
    health: Health | None = None,
) -> App:
    """Return an application that records every request of `app`, and serves pages beside it.

    The endpoint is the pattern of `scope["route"]`, as Starlette's router and those like it
    write it down, else `unmatched`; never the path. What uvicorn serves is watched as a
    whole by `integrations.uvicorn`.

    Args:
        app: The application.
        monitor: Whose instruments; the process's own unless given.
        path: Where the metrics are served; None where something else serves them.
        health: What `/health`, `/ready` and `/live` ask; without it they are not served.
    """
    return around_asgi(app, monitor, path=path, health=health)
