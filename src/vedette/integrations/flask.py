"""Flask: count and time every request, and serve the metrics."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any
from weakref import WeakSet

from vedette.middleware.around import around_wsgi
from vedette.middleware.protocols import Environ, StartResponse
from vedette.middleware.wsgi import ENDPOINT, Watch
from vedette.model.integration import Integration
from vedette.packs.health.record import Health
from vedette.sdk.monitor import Monitor

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
Around = Callable[..., Watch]
_CHANGED, _WATCH = "_vedette_original", "_vedette_watch"
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

    got_request_exception.connect(_note_rule)
    around = partial(around_wsgi, monitor=monitor, path=path, health=health)
    if app is None:
        _watch_every(around)
    elif app not in _watched:
        _watched.add(app)
        watch = around(app.wsgi_app, owns=partial(_has_rule, app))
        app.wsgi_app = watch  # type: ignore[method-assign]  # as Flask's manual says


def _has_rule(app: "Flask", path: str) -> bool:
    return any(rule.rule == path for rule in app.url_map.iter_rules())


def _watch_every(around: Around) -> None:
    from flask import Flask

    answer: Any = Flask.__call__
    if hasattr(answer, _CHANGED):
        return

    def watched(self: Flask, environ: Environ, start_response: StartResponse) -> Any:
        watch = vars(self).get(_WATCH)
        if watch is None:
            watch = around(partial(answer, self), owns=partial(_has_rule, self))
            vars(self)[_WATCH] = watch
        return watch(environ, start_response)

    setattr(watched, _CHANGED, answer)
    changed: Any = Flask
    changed.__call__ = watched
    _hear_of_servers()


def _hear_of_servers() -> None:
    """Hear when `flask run` or `app.run()` begins to serve, before the first request."""
    from werkzeug.serving import BaseWSGIServer

    from vedette.middleware.serving import will_serve

    server: Any = BaseWSGIServer
    begin = server.__init__

    def init(self: Any, *arguments: Any, **named: Any) -> None:
        will_serve()
        begin(self, *arguments, **named)

    server.__init__ = init


def _note_rule(sender: "Flask", **_: Any) -> None:
    """Keep the rule of a request that raises: Flask forgets it before the exception is out."""
    from flask import request

    del sender
    if request.url_rule is not None:
        request.environ[ENDPOINT] = request.url_rule.rule
