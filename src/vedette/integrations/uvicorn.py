"""uvicorn: watch whatever it serves, in one process or in several."""

from collections.abc import Sequence
from typing import Any

from vedette.model.integration import Integration

INTEGRATION = Integration(
    title="uvicorn",
    library="uvicorn",
    summary="Requests of whatever is served, told together by all workers; /metrics.",
    packs=("http",),
    example="""\
import uvicorn
from vedette.integrations.uvicorn import instrument

instrument()
config = uvicorn.Config("shop:app")
""",
)
_CHANGED = "_vedette_original"


def instrument() -> None:
    """Watch every application that uvicorn serves in this process, from now on.

    Workers are processes of their own that load uvicorn before the application: `vedette
    instrument uvicorn shop:app --workers 4` reaches them, and a scrape of one tells of all.
    The application serves `/metrics`, unless that is a path of its own. A second call changes
    nothing.
    """
    from uvicorn.config import Config
    from uvicorn.supervisors import Multiprocess

    if hasattr(Config.load, _CHANGED):
        return
    _watch_applications(Config)
    _mind_workers(Multiprocess)


def several_processes(arguments: Sequence[str]) -> bool:
    """Say whether a command line of uvicorn asks for workers."""
    return any(word.partition("=")[0] == "--workers" for word in arguments)


def _watch_applications(config: Any) -> None:
    """Watch what is loaded; that it will be served is known when it is only named."""
    begin, load = config.__init__, config.load

    def init(self: Any, *arguments: Any, **named: Any) -> None:
        from vedette.middleware.serving import will_serve

        will_serve()
        begin(self, *arguments, **named)

    def watched(self: Any) -> None:
        from vedette.middleware.around import around_either
        from vedette.sdk.monitor import default_monitor
        from vedette.sdk.sharing import forget_the_dead

        load(self)
        default_monitor().before_expose(forget_the_dead)
        self.loaded_app = around_either(self.loaded_app)

    setattr(watched, _CHANGED, load)
    config.__init__, config.load = init, watched


def _mind_workers(supervisor: Any) -> None:
    """Share from before the first worker, and let go of those that ended at each scrape."""
    begin = supervisor.__init__

    def init(self: Any, *arguments: Any, **named: Any) -> None:
        from vedette.sdk.sharing import share
        from vedette.sdk.workers import service_starts

        share()
        service_starts()
        begin(self, *arguments, **named)

    supervisor.__init__ = init
