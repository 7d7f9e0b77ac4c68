"""Whose a name is: a pack's, a runtime's, another program's, or the user's."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from vedette import packs
from vedette.discover import discover
from vedette.errors import DeclarationError
from vedette.model.convention import convention
from vedette.model.metric import Metric
from vedette.model.pack import Pack

# What the client libraries of Prometheus and its exporters expose of themselves.
_RUNTIMES = {
    "python_": "the Python client",
    "process_": "the client library",
    "go_": "the Go client",
    "jvm_": "the Java client",
    "nodejs_": "the Node.js client",
    "promhttp_": "the Go client",
    "scrape_": "Prometheus",
    "node_": "node exporter",
    "prometheus_": "Prometheus",
    "alertmanager_": "Alertmanager",
    "container_": "cAdvisor",
    "machine_": "cAdvisor",
    "ray_": "Ray",
    "vedette_": "Vedette",
}


@dataclass(frozen=True, kw_only=True)
class Names:
    """Every name that is known.

    Args:
        declared: Metrics of the packs and of a module's convention, by name.
        prefixes: What the names of other programs begin with, and whose they are.
    """

    declared: Mapping[str, Metric]
    prefixes: Mapping[str, str]

    def owner(self, name: str) -> str:
        """Return the program that a name belongs to; empty where it is the user's or ours.

        Args:
            name: As queries write it.
        """
        return next((who for start, who in self.prefixes.items() if name.startswith(start)), "")

    def keeper(self, name: str) -> str:
        """Say why a name is kept whatever it breaks; empty where it can be changed.

        Args:
            name: As queries write it.
        """
        metric = self.declared.get(name)
        if metric is not None:
            return metric.waiver or "alerts and dashboards know it by this name"
        return ""


def names(module: str = "", known: Mapping[str, Pack] | None = None) -> Names:
    """Return what is known.

    Args:
        module: A module, whose convention is known then, too.
        known: The packs by name, instead of those that are installed.
    """
    every = discover(packs, "PACK", Pack) if known is None else known
    metrics = [metric for pack in every.values() for metric in pack.metrics]
    try:
        own: Iterable[Metric] = convention(module).metrics if module else ()
    except DeclarationError:
        own = ()
    prefixes = dict(_RUNTIMES)
    for pack in every.values():
        for mark in pack.signature:
            if mark.endswith("*"):
                prefixes[mark.removesuffix("*")] = pack.title
    return Names(declared={metric.name: metric for metric in (*metrics, *own)}, prefixes=prefixes)
