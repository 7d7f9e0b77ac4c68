"""Any WSGI application: count and time every request, and serve the metrics."""

from vedette.middleware.around import around_wsgi
from vedette.middleware.health import wsgi_health_app as health_app
from vedette.middleware.protocols import WsgiApp
from vedette.model.integration import Integration
from vedette.packs.health.record import Health
from vedette.sdk.monitor import Monitor

__all__ = ["INTEGRATION", "health_app", "instrument"]

INTEGRATION = Integration(
    title="WSGI",
    library="wsgiref",
    summary="Requests of any WSGI application, by route where its router tells; /metrics.",
    packs=("http",),
    example="""\
from vedette.integrations.wsgi import instrument


def app(environ, start_response): ...


app = instrument(app)
""",
    automatic=False,
)


def instrument(
    app: WsgiApp,
    monitor: Monitor | None = None,
    *,
    path: str | None = "/metrics",
    health: Health | None = None,
) -> WsgiApp:
    """Return an application that records every request of `app`, and serves pages beside it.

    The endpoint is the rule that Werkzeug's router chose, or what the application wrote into
    `environ["vedette.endpoint"]`, else `unmatched`; never the path. What gunicorn serves is
    watched as a whole by `integrations.gunicorn`.

    Args:
        app: The application.
        monitor: Whose instruments; the process's own unless given.
        path: Where the metrics are served; None where something else serves them.
        health: What `/health`, `/ready` and `/live` ask; without it they are not served.
    """
    return around_wsgi(app, monitor, path=path, health=health)
