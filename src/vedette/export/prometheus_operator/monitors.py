"""How the modules of a cluster are scraped."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from vedette.model.module import Module


@dataclass(frozen=True, kw_only=True)
class Monitors:
    """What all monitors of an export have in common.

    Args:
        monitor: What they select, `service` or `pod`.
        port: Name of the port that exposes metrics.
        selector: The label that holds the name of a module.
        watch_namespace: Where the modules are; empty for the namespace of the monitor.
        interval: How often a module is asked that says nothing else.
    """

    monitor: str
    port: str
    selector: str
    watch_namespace: Sequence[str]
    interval: str

    @property
    def kind(self) -> str:
        """The kind of resource."""
        return "PodMonitor" if self.monitor == "pod" else "ServiceMonitor"

    @property
    def what(self) -> str:
        """What is selected, in a word."""
        return f"{self.monitor}s"

    def spec(self, module: Module) -> Mapping[str, Any]:
        """Return what the monitor of a module says."""
        endpoints = "podMetricsEndpoints" if self.monitor == "pod" else "endpoints"
        spec: dict[str, Any] = {"selector": {"matchLabels": {self.selector: module.name}}}
        if self.watch_namespace:
            spec["namespaceSelector"] = {"matchNames": list(self.watch_namespace)}
        return {**spec, endpoints: [self._endpoint(module)]}

    def _endpoint(self, module: Module) -> Mapping[str, Any]:
        owner = {"owner": module.owner} if module.owner else {}
        labels = {**module.labels, "module": module.name, **owner}
        return {
            "port": self.port,
            "path": module.path,
            "scheme": module.scheme,
            "interval": module.scrape_interval or self.interval,
            "relabelings": [
                {"action": "replace", "targetLabel": name, "replacement": value}
                for name, value in labels.items()
            ],
        }
