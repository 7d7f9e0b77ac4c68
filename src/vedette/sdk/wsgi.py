"""The metrics as a WSGI application, to mount into another or to run alone.

from vedette.sdk.wsgi import metrics_app
from werkzeug.middleware.dispatcher import DispatcherMiddleware

app.wsgi_app = DispatcherMiddleware(app.wsgi_app, {"/metrics": metrics_app()})
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from vedette.sdk.answer import Scrapes
from vedette.sdk.monitor import Monitor, default_monitor

StartResponse = Callable[..., Any]
App = Callable[[dict[str, Any], StartResponse], Iterable[bytes]]


def metrics_app(monitor: Monitor | None = None, *, token: str | None = None) -> App:
    """Return an application that answers a scrape on every path.

    Args:
        monitor: Whose instruments; the process's own unless given.
        token: What a scrape must show as a bearer token; None where anybody may read.

    Raises:
        ValueError: the token is empty.
    """
    scrapes = Scrapes(monitor or default_monitor(), token=token)

    def app(environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        answer = scrapes.answer(environ["REQUEST_METHOD"], _headers(environ))
        status = f"{int(answer.status)} {answer.status.phrase}"
        start_response(status, list(answer.headers))
        return [answer.body]

    return app


def _headers(environ: Mapping[str, Any]) -> dict[str, str]:
    return {
        name.removeprefix("HTTP_").replace("_", "-").lower(): value
        for name, value in environ.items()
        if name.startswith("HTTP_")
    }
