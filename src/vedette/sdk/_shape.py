"""What a scrape shows of what is stored: kinds, ambient labels, no creation times.

It handles prometheus_client's families without importing it.
"""

import copy
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from vedette.model.metric import Metric

_INFO = "_info"


@dataclass(frozen=True, kw_only=True)
class Shape:
    """How families are shown.

    Args:
        metrics: Our declarations by the name that their family has in the storage.
        ambient: Labels for our series that have no value for them.
        shared: True where the values come from several processes. What another one declared
            cannot be told from what another library did, so everything gets the labels.
    """

    metrics: Mapping[str, Metric]
    ambient: Mapping[str, str]
    shared: bool

    def __call__(self, families: Iterable[Any]) -> Iterator[Any]:
        """Yield the families as they are shown; those that were given stay as they are."""
        for family in families:
            yield self._shown(family, self.metrics.get(family.name))

    def _shown(self, family: Any, metric: Metric | None) -> Any:
        shown = copy.copy(family)
        # Creation times double the number of counters, and Prometheus uses none of them.
        samples = [one for one in family.samples if not one.name.endswith("_created")]
        if self.shared:
            samples = _from_all(samples, metric, family.name)
        if metric is not None:
            samples = _as_declared(shown, samples, metric)
        if self.ambient and (metric is not None or self.shared):
            samples = [self._with_ambient(one) for one in samples]
        shown.samples = samples
        return shown

    def _with_ambient(self, sample: Any) -> Any:
        labels = sample.labels
        lacking = {name: value for name, value in self.ambient.items() if not labels.get(name)}
        return sample._replace(labels={**labels, **lacking}) if lacking else sample


def _as_declared(shown: Any, samples: list[Any], metric: Metric) -> list[Any]:
    """Give a family the kind of its declaration, where the storage knows none."""
    if metric.kind == "info":
        if metric.name.endswith(_INFO):
            shown.name, shown.type = metric.name.removesuffix(_INFO), "info"
        return [one for one in samples if one.value]
    if metric.kind == "stateset":
        shown.type = "stateset"
    if metric.kind == "counter" and not metric.name.endswith("_total"):
        # No format has such a counter; a name that is a contract weighs more than a kind.
        shown.type = "unknown"
        return [one._replace(name=metric.name) for one in samples]
    return samples


def _from_all(samples: list[Any], metric: Metric | None, name: str) -> list[Any]:
    """Bring together what the storage leaves apart of the values of several processes."""
    if metric is not None and metric.workers == "mean":
        return _means(samples)
    if name.endswith(_INFO):
        return [one for one in samples if one.value]
    return samples


def _means(samples: Iterable[Any]) -> list[Any]:
    grouped = defaultdict(list)
    for one in samples:
        labels = {label: value for label, value in one.labels.items() if label != "pid"}
        grouped[tuple(labels.items())].append(one._replace(labels=labels))
    return [
        same[0]._replace(value=sum(one.value for one in same) / len(same))
        for same in grouped.values()
    ]
