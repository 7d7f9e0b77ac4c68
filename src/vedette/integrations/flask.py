"""Flask: count and time every request, and serve the metrics."""

from functools import partial
from typing import TYPE_CHECKING, Any
from weakref import WeakSet

from vedette.middleware.health import wsgi_health
from vedette.middleware.pages import wsgi_metrics
from vedette.middleware.protocols import Environ, StartResponse, WsgiApp
from vedette.middleware.wsgi import ENDPOINT, Watch
from vedette.model.integration import Integration
from vedette.packs.health.record import Health
from vedette.sdk.monitor import Monitor, default_monitor

if TYPE_CHECKING:
    from flask import Flask

INTEGRATION = Integration(
    title="Flask",
    library="flask",
    summary="Requests by URL rule: rate, time, size, errors; the metrics at /metrics.",
    packs=("http",),
    example="""\
from flask import Flask
from vedette.integrations.flask import instrument

app = Flask(__name__)
instrument(app)
""",
)
_CHANGED = "_vedette_original"
_watched: "WeakSet[Flask]" = WeakSet()


def instrument(
    app: "Flask | None" = None,
    monitor: Monitor | None = None,
    *,
    path: str | None = "/metrics",
    health: Health | None = None,
) -> None:
    """Record every request of one application, or of all in this process, and serve pages.

    A page whose path is a rule of the application is left to the application. A second call
    changes nothing.

    Args:
        app: The application; every one of this process unless given.
        monitor: Whose instruments; the process's own unless given.
        path: Where the metrics are served; None where something else serves them.
        health: What `/health`, `/ready` and `/live` ask; without it they are not served.
    """
    from flask.signals import got_request_exception

    chosen = monitor or default_monitor()
    pages: dict[str, WsgiApp] = {path: wsgi_metrics(chosen)} if path else {}
    if health is not None:
        pages |= wsgi_health(health)
    got_request_exception.connect(_note_rule)
    if app is None:
        _watch_every(chosen, pages)
    elif app not in _watched:
        _watched.add(app)
        watch = _around(app, app.wsgi_app, monitor=chosen, pages=pages)
        app.wsgi_app = watch  # type: ignore[method-assign]  # as Flask's manual says


def _around(app: "Flask", inside: WsgiApp, *, monitor: Monitor, pages: dict[str, WsgiApp]) -> Watch:
    def owns(path: str) -> bool:
        return any(rule.rule == path for rule in app.url_map.iter_rules())

    return Watch(inside, monitor, pages=pages, owns=owns)


def _watch_every(monitor: Monitor, pages: dict[str, WsgiApp]) -> None:
    from flask import Flask

    answer: Any = Flask.__call__
    if hasattr(answer, _CHANGED):
        return

    def watched(self: Flask, environ: Environ, start_response: StartResponse) -> Any:
        watch = vars(self).get("_vedette_watch")
        if watch is None:
            inside = partial(answer, self)
            watch = _around(self, inside, monitor=monitor, pages=pages)
            vars(self)["_vedette_watch"] = watch
        return watch(environ, start_response)

    setattr(watched, _CHANGED, answer)
    Flask.__call__ = watched  # type: ignore[method-assign]  # this is what watching all means


def _note_rule(sender: "Flask", **_: Any) -> None:
    """Keep the rule of a request that raises: Flask forgets it before the exception is out."""
    from flask import request

    del sender
    if request.url_rule is not None:
        request.environ[ENDPOINT] = request.url_rule.rule
