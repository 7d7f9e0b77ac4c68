"""Declared metrics become live instruments."""

import logging
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from vedette.errors import DeclarationError
from vedette.model.metric import Kind, Metric
from vedette.sdk import _backend
from vedette.sdk.instruments import LOST, Counter, Gauge, Histogram, Lost

_log = logging.getLogger("vedette")


@dataclass(frozen=True, kw_only=True)
class Exposition:
    """What a scrape is answered with."""

    body: bytes
    content_type: str


class Monitor:
    """The live instruments of one process.

    Mistakes in a declaration are raised where a handle is bound; whatever fails later,
    while the program works, is counted in `vedette_lost_records_total` and logged once.

    Args:
        isolated: True for a registry of its own; else the process's, which also holds the
            metrics of the interpreter and of other libraries.
    """

    def __init__(self, *, isolated: bool = False) -> None:
        self._engine = _backend.isolated() if isolated else _backend.shared()
        self._losses: dict[str, Lost] = {}
        self._before: list[Callable[[], None]] = []

    def counter(self, metric: Metric, **labels: object) -> Counter:
        """Bind one series of a counter.

        Args:
            metric: The declaration.
            labels: A value for each label that the metric declares.

        Raises:
            DeclarationError: it is no counter, or these are not its labels.
        """
        child = self._bind(metric, "counter", labels)
        return Counter(child.inc, self._lost(metric))

    def gauge(self, metric: Metric, **labels: object) -> Gauge:
        """Bind one series of a gauge; see `counter`."""
        child = self._bind(metric, "gauge", labels)

        def follow(function: Callable[[], float]) -> None:
            _backend.follow(child, function)

        return Gauge(setter=child.set, adder=child.inc, follower=follow, lost=self._lost(metric))

    def histogram(self, metric: Metric, **labels: object) -> Histogram:
        """Bind one series of a histogram; see `counter`."""
        child = self._bind(metric, "histogram", labels)
        return Histogram(_finite(child.observe), self._lost(metric))

    def writer(
        self, metric: Metric, labels: Mapping[str, object]
    ) -> tuple[Callable[[float], object], Lost]:
        """Return how one series is written, bare, and what counts its losses: for `rows`.

        Args:
            metric: A counter, which is raised; a gauge, which is set; a histogram.
            labels: A value for each label that the metric declares.

        Raises:
            DeclarationError: it is of another kind, or these are not its labels.
        """
        how = {"counter": "inc", "gauge": "set", "histogram": "observe"}
        if metric.kind not in how:
            problem = f"{metric.kind} {metric.name!r} cannot stand in a row"
            raise DeclarationError(problem, hint="rows write counters, gauges and histograms")
        child = self._bind(metric, metric.kind, labels)
        return getattr(child, how[metric.kind]), self._lost(metric)

    def forget(self, metric: Metric, **labels: object) -> None:
        """Take one series of a metric with labels out of what is exposed, if it is there.

        Handles that were bound before lead nowhere then; bind a new one to have it back.

        Args:
            metric: The declaration.
            labels: A value for each label that the metric declares.

        Raises:
            DeclarationError: these are not its labels.
        """
        _check(metric, metric.kind, labels)
        self._engine.forget(metric, {name: str(labels[name]) for name in labels})

    def before_expose(self, refresh: Callable[[], None]) -> None:
        """Call `refresh` whenever the series are about to be read, as by a scrape.

        It must be quick, for the scrape waits; what it raises is logged and harms nothing.
        """
        self._before.append(refresh)

    def expose(self, accept: str = "") -> Exposition:
        """Return every series as text.

        Args:
            accept: The Accept header of the scrape; decides between the formats.
        """
        for refresh in self._before:
            try:
                refresh()
            except Exception:  # noqa: BLE001 - a broken monitor never breaks the program
                _log.exception("vedette could not refresh what is exposed")
        body, content_type = self._engine.expose(accept)
        return Exposition(body=body, content_type=content_type)

    def _bind(self, metric: Metric, kind: Kind, labels: Mapping[str, object]) -> Any:
        _check(metric, kind, labels)
        try:
            return self._engine.child(metric, {name: str(labels[name]) for name in labels})
        except DeclarationError:
            raise
        except Exception as fault:  # noqa: BLE001 - a broken monitor never breaks the program
            _log.warning("vedette cannot record %s: %s", metric.name, fault)
            return _Nowhere(fault)

    def _lost(self, metric: Metric) -> Lost:
        if metric.name not in self._losses:
            child = self._engine.child(LOST, {"metric": metric.name})
            self._losses[metric.name] = Lost(metric.name, child.inc)
        return self._losses[metric.name]


class _Nowhere:
    """Stands for a series that could not be made: every record on it is lost, and counted."""

    def __init__(self, fault: Exception) -> None:
        self._fault = fault

    def inc(self, _: float) -> None:
        raise self._fault

    set = observe = set_function = inc


def _check(metric: Metric, kind: Kind, labels: Mapping[str, object]) -> None:
    if metric.kind != kind:
        problem = f"{metric.name!r} is a {metric.kind}, not a {kind}"
        raise DeclarationError(problem, hint=f"bind it with monitor.{metric.kind}()")
    if set(labels) != set(metric.labels):
        problem = f"{metric.name!r} was bound with labels {sorted(labels)}"
        raise DeclarationError(problem, hint=f"it has {', '.join(metric.labels) or 'none'}")


def _finite(observe: Callable[[float], object]) -> Callable[[float], object]:
    """Refuse NaN and infinity, of which one would spoil a histogram's sum for ever."""

    def checked(value: float) -> None:
        if not math.isfinite(value):
            problem = f"{value} is not a number that can be summed"
            raise ValueError(problem)
        observe(value)

    return checked


@cache
def default_monitor() -> Monitor:
    """Return the monitor that recorders use unless they are given another."""
    return Monitor()
