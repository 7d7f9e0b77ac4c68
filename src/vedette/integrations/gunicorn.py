"""gunicorn: watch what its workers serve, WSGI or ASGI, and tell of all of them together."""

from collections.abc import Sequence
from typing import Any

from vedette.model.integration import Integration

INTEGRATION = Integration(
    title="gunicorn",
    library="gunicorn",
    summary="Requests of whatever the workers serve, told together by any of them; /metrics.",
    packs=("http",),
    example="""\
# gunicorn.conf.py
from vedette.integrations.gunicorn import instrument

instrument()
""",
)
_CHANGED = "_vedette_original"
_WATCH = "_vedette_watch"


def instrument() -> None:
    """Watch the application of every worker that this process starts, from now on.

    To be called in `gunicorn.conf.py`, before anything is recorded; `vedette instrument
    gunicorn …` needs no line. The workers share what they record: in the folder that
    PROMETHEUS_MULTIPROC_DIR names, else in one made for this run. The gauges of a worker that
    ended are let go of. The application serves `/metrics`, unless that is a path of its own.
    A second call changes nothing.
    """
    from gunicorn.app.base import BaseApplication
    from gunicorn.arbiter import Arbiter

    from vedette.sdk.sharing import share

    if hasattr(BaseApplication.wsgi, _CHANGED):
        return
    share()
    _watch_applications(BaseApplication)
    _mind_workers(Arbiter)


def several_processes(arguments: Sequence[str]) -> bool:
    """Say whether a command line of gunicorn starts workers; it always does."""
    del arguments
    return True


def _watch_applications(base: Any) -> None:
    load = base.wsgi

    def wsgi(self: Any) -> Any:
        from vedette.middleware.around import around_either

        app = load(self)
        watch = vars(self).get(_WATCH)
        if watch is None or watch.app is not app:
            watch = vars(self)[_WATCH] = around_either(app)
        return watch

    setattr(wsgi, _CHANGED, load)
    base.wsgi = wsgi


def _mind_workers(arbiter: Any) -> None:
    """Clear what an earlier run left when a run begins; let go of each worker that ends."""
    from vedette.middleware.serving import will_serve
    from vedette.sdk.workers import service_starts, worker_ended

    begin, settle = arbiter.start, arbiter.setup

    def start(self: Any) -> None:
        will_serve()
        service_starts()
        begin(self)

    def setup(self: Any, app: Any) -> None:
        settle(self, app)
        chosen = self.cfg.child_exit

        def child_exit(server: Any, worker: Any) -> None:
            worker_ended(worker.pid)
            chosen(server, worker)

        self.cfg.set("child_exit", child_exit)

    arbiter.start, arbiter.setup = start, setup
