"""One monitored service of the user's."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType


@dataclass(frozen=True, kw_only=True)
class Run:
    """How to start a service, where the stack is to run it.

    Args:
        command: Program and arguments; `{python}` is the interpreter that runs Vedette.
        folder: Where it starts.
        environment: Added to the environment.
        ready: Path that answers 200 once the service is ready; empty to skip the wait.
    """

    command: tuple[str, ...]
    folder: Path
    environment: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    ready: str = ""


@dataclass(frozen=True, kw_only=True)
class Module:
    """One service: where it is scraped, which packs it follows, whom it belongs to.

    Args:
        name: Lower-case letters, digits, `_` and `-`; becomes the job and the label `module`.
        targets: `host:port` of each instance.
        packs: Names of the packs whose metrics it exposes, and of what they add for it.
        owner: Who is asked; becomes the label `owner` of its alerts.
        labels: Added to every series of it.
        path: Where it exposes its metrics.
        scheme: `http` or `https`.
        scrape_interval: Its own interval; empty for the plan's.
        run: How to start it; None where somebody else does.
    """

    name: str
    targets: tuple[str, ...]
    packs: tuple[str, ...] = ()
    owner: str = ""
    labels: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    path: str = "/metrics"
    scheme: str = "http"
    scrape_interval: str = ""
    run: Run | None = None
