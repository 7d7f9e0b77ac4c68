"""The one file that knows prometheus_client: a later engine replaces it and nothing else."""

import threading
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

import prometheus_client as client
from prometheus_client.exposition import choose_encoder
from prometheus_client.metrics_core import Metric as Family

from vedette.errors import DeclarationError
from vedette.model.metric import Metric

# How prometheus_client adds up the gauges of several worker processes; it has no mean.
_WORKERS: dict[str, Any] = {
    "sum": "livesum",
    "max": "livemax",
    "min": "livemin",
    "mostrecent": "livemostrecent",
    "mean": "liveall",
}


class Engine:
    """Live metric families in one registry; families are made once and then shared."""

    def __init__(self, registry: client.CollectorRegistry) -> None:
        self._registry = registry
        self._families: dict[str, tuple[Metric, Any]] = {}
        self._lock = threading.Lock()

    def child(self, metric: Metric, labels: Mapping[str, str]) -> Any:
        """Return the live series of `metric` with these labels.

        Raises:
            DeclarationError: the name is declared differently elsewhere.
            ValueError: the registry refuses the family, as when its name is taken.
        """
        with self._lock:
            known, family = self._families.get(metric.name, (metric, None))
            if known != metric:
                problem = f"metric {metric.name!r} is declared twice, and differently"
                raise DeclarationError(problem, hint="import the one declaration in both places")
            if family is None:
                family = self._make(metric)
                self._families[metric.name] = (metric, family)
        return family.labels(**labels) if metric.labels else family

    def forget(self, metric: Metric, labels: Mapping[str, str]) -> None:
        """Take one series out of what is exposed; a handle bound before leads nowhere then."""
        with self._lock:
            _, family = self._families.get(metric.name, (metric, None))
        if family is not None and metric.labels:
            family.remove(*(labels[name] for name in metric.labels))

    def expose(self, accept: str) -> tuple[bytes, str]:
        """Return the text of all series and its content type, as the client accepts it."""
        encoder, content_type = choose_encoder(accept)
        return encoder(_WithoutCreated(self._registry)), content_type

    def _make(self, metric: Metric) -> Any:
        common: dict[str, Any] = {
            "name": metric.name,
            "documentation": metric.help,
            "labelnames": metric.labels,
            "registry": self._registry,
        }
        if metric.kind == "counter":
            return client.Counter(**common)
        if metric.kind == "gauge":
            return client.Gauge(**common, multiprocess_mode=_WORKERS[metric.workers])
        if metric.kind == "histogram":
            buckets = metric.buckets or client.Histogram.DEFAULT_BUCKETS
            return client.Histogram(**common, buckets=buckets)
        problem = f"{metric.kind} {metric.name!r} cannot be recorded yet"
        raise DeclarationError(problem, hint="declare a counter, a gauge or a histogram")


class _WithoutCreated:
    """A registry without the `_created` series, which double the number of counters."""

    def __init__(self, registry: client.CollectorRegistry) -> None:
        self._registry = registry

    def collect(self) -> Iterator[Family]:
        """Yield every family, stripped."""
        for family in self._registry.collect():
            slim = Family(family.name, family.documentation, family.type, family.unit)
            slim.samples = [s for s in family.samples if not s.name.endswith("_created")]
            yield slim


@cache
def shared() -> Engine:
    """Return the engine of the process's own registry, which other libraries may share."""
    return Engine(client.REGISTRY)


def isolated() -> Engine:
    """Return an engine with a registry of its own."""
    return Engine(client.CollectorRegistry())


def follow(child: Any, function: Callable[[], float]) -> None:
    """Let a gauge ask `function` whenever it is read."""
    child.set_function(function)
