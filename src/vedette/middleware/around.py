"""Put a watch around an application, with the pages that stand beside it."""

import inspect
from collections.abc import Callable
from typing import Any

from vedette.middleware import asgi, wsgi
from vedette.middleware.health import asgi_health, wsgi_health
from vedette.middleware.protocols import App, WsgiApp
from vedette.middleware.serving import will_serve
from vedette.packs.health.record import Health
from vedette.sdk.asgi import metrics_app as asgi_metrics
from vedette.sdk.monitor import Monitor, default_monitor
from vedette.sdk.wsgi import metrics_app as wsgi_metrics


def around_asgi(
    app: App,
    monitor: Monitor | None = None,
    *,
    path: str | None = "/metrics",
    health: Health | None = None,
    routes: object = None,
) -> asgi.Watch:
    """Return an ASGI application that counts and times the requests of another.

    Args:
        app: The application inside.
        monitor: Whose instruments; the process's own unless given.
        path: Where the metrics are served; None where something else serves them.
        health: What `/health`, `/ready` and `/live` ask; without it they are not served.
        routes: The application whose routes answer; what is inside unless given.
    """
    chosen = monitor or default_monitor()
    pages: dict[str, App] = {path: asgi_metrics(chosen)} if path else {}
    if path:
        will_serve()
    pages |= asgi_health(health) if health else {}
    return asgi.Watch(app, chosen, routes=routes, pages=pages)


def around_wsgi(
    app: WsgiApp,
    monitor: Monitor | None = None,
    *,
    path: str | None = "/metrics",
    health: Health | None = None,
    owns: Callable[[str], bool] = lambda path: not path,
) -> wsgi.Watch:
    """Return a WSGI application that counts and times the requests of another.

    Args:
        app: The application inside.
        monitor: Whose instruments; the process's own unless given.
        path: Where the metrics are served; None where something else serves them.
        health: What `/health`, `/ready` and `/live` ask; without it they are not served.
        owns: Says whether the application answers a path itself; such a page is left to it.
    """
    chosen = monitor or default_monitor()
    pages: dict[str, WsgiApp] = {path: wsgi_metrics(chosen)} if path else {}
    if path:
        will_serve()
    pages |= wsgi_health(health) if health else {}
    return wsgi.Watch(app, chosen, pages=pages, owns=owns)


def around_either(app: Any) -> Any:
    """Return an application that counts and times the requests of another, of either kind."""
    if isinstance(app, (asgi.Watch, wsgi.Watch)):
        return app
    if inspect.iscoroutinefunction(app) or inspect.iscoroutinefunction(type(app).__call__):
        return around_asgi(app)
    return around_wsgi(app)
