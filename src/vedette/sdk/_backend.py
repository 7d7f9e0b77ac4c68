"""The one file that knows prometheus_client: a later engine replaces it and nothing else.

Its families hold our own cells where one process records. Where PROMETHEUS_MULTIPROC_DIR was
set before the start, several processes share files as prometheus_client does it, with its
limits: exemplars are forgotten, a followed gauge is asked only in the process that answers
the scrape, and what other libraries expose by collectors of their own is not shown.
"""

import logging
import os
import threading
import time
import weakref
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any

import prometheus_client as client
from prometheus_client import multiprocess, values
from prometheus_client.exposition import choose_encoder
from prometheus_client.metrics_core import Metric as Family
from prometheus_client.registry import Collector
from prometheus_client.samples import Exemplar

from vedette import settings
from vedette.model.metric import Metric
from vedette.sdk._cells import Cell, cell_class
from vedette.sdk._shape import Shape
from vedette.sdk.engine import Engine, Series, TakenError

# How prometheus_client adds up the gauges of several processes; a mean is ours, of `liveall`.
_WORKERS: dict[str, Any] = {
    "sum": "livesum",
    "max": "livemax",
    "min": "livemin",
    "mostrecent": "livemostrecent",
    "mean": "liveall",
}
_log = logging.getLogger("vedette")
_Cell = cell_class()
_every: "weakref.WeakSet[ClientEngine]" = weakref.WeakSet()


class _Counter(client.Counter):
    def _metric_init(self) -> None:
        self._value, self._created = _Cell(), 0.0


class _Gauge(client.Gauge):
    def _metric_init(self) -> None:
        self._value = _Cell()


class _Histogram(client.Histogram):
    def _metric_init(self) -> None:
        self._sum, self._created = _Cell(), 0.0
        self._buckets = [_Cell() for _ in self._upper_bounds]


_OWN: dict[str, Any] = {"counter": _Counter, "gauge": _Gauge, "histogram": _Histogram}
_SHARED: dict[str, Any] = {
    "counter": client.Counter,
    "gauge": client.Gauge,
    "histogram": client.Histogram,
}


class ClientEngine:
    """An `Engine` that keeps families of prometheus_client in a registry.

    Args:
        registry: Where they stand.
        directory: Where several processes share their values; None for this process's own.
    """

    def __init__(self, registry: client.CollectorRegistry, directory: Path | None) -> None:
        self._registry = registry
        self._directory = directory
        self._families: dict[str, Any] = {}
        self._metrics: dict[str, Metric] = {}
        self._followed: dict[Any, Callable[[], object]] = {}
        if directory is not None:
            directory.mkdir(parents=True, exist_ok=True)
        self.renew()
        _every.add(self)

    def series(self, metric: Metric, labels: tuple[str, ...]) -> Series:
        """See `Engine.series`."""
        family = self._families.get(metric.name) or self._open(metric)
        child = family.labels(*labels) if metric.labels else family
        if metric.kind == "counter":
            return Series(write=child._value.inc, exemplify=partial(_exemplify, child._value))
        if metric.kind == "histogram":
            return _histogram(child)
        return self._gauge(child, metric)

    def forget(self, metric: Metric, labels: tuple[str, ...]) -> None:
        """See `Engine.forget`."""
        family = self._families.get(metric.name)
        if family is not None and metric.labels and self._directory is None:
            family.remove(*labels)

    def expose(self, accept: str, ambient: Mapping[str, str]) -> tuple[bytes, str]:
        """See `Engine.expose`; what another library cannot say is left out, and logged."""
        encoder, content_type = choose_encoder(accept)
        shape = Shape(
            metrics=self._metrics.copy(), ambient=ambient, shared=self._directory is not None
        )
        for ask in tuple(self._followed.values()):
            ask()
        try:
            return encoder(_Shown(shape(self._collected()))), content_type
        except Exception as fault:  # noqa: BLE001 - one broken collector must not blind a monitor
            _log.warning("vedette leaves out what it cannot expose: %s", fault)
            sound = [one for one in self._sound(shape) if _writes(encoder, one)]
            return encoder(_Shown(sound)), content_type

    def renew(self) -> None:
        """Replace every lock that another thread can hold at a fork, or an interrupted call."""
        self._registry._lock = threading.RLock()  # type: ignore[assignment]  # used the same way
        for family in self._families.values():
            family._lock = threading.RLock()

    def _open(self, metric: Metric) -> Any:
        kind = metric.kind if metric.kind in _OWN else "gauge"
        named: dict[str, Any] = {
            "name": metric.name,
            "documentation": metric.help,
            "labelnames": metric.labels,
            "registry": self._registry,
        }
        if kind == "gauge":
            mode = "max" if metric.kind != "gauge" else metric.workers
            named["multiprocess_mode"] = _WORKERS[mode]
        if kind == "histogram" and metric.buckets:
            named["buckets"] = metric.buckets
        try:
            family = (_OWN if self._directory is None else _SHARED)[kind](**named)
        except ValueError as fault:
            raise TakenError(str(fault)) from fault
        family._lock = threading.RLock()
        self._families[metric.name] = family
        self._metrics[family._name] = metric
        return family

    def _gauge(self, child: Any, metric: Metric) -> Series:
        value = child._value
        if self._directory is None:
            return Series(write=value.set, add=value.inc, follow=child.set_function)

        def set_now(number: float) -> None:
            value.set(number, timestamp=time.time())

        def add_now(number: float) -> None:
            set_now(value.get() + number)

        def follow(function: Callable[[], float]) -> None:
            self._followed[child] = lambda: value.set(function(), timestamp=time.time())

        recent = metric.workers == "mostrecent"
        return Series(write=set_now, add=add_now if recent else value.inc, follow=follow)

    def _collected(self) -> Iterable[Family]:
        return self._collector().collect()

    def _collector(self) -> Collector:
        if self._directory is None:
            return self._registry
        return multiprocess.MultiProcessCollector(None, str(self._directory))  # type: ignore[no-untyped-call]  # theirs

    def _sound(self, shape: Shape) -> Iterator[Family]:
        """Yield the families of every collector that does not fail."""
        for collector in tuple(self._registry._collector_to_names):
            try:
                yield from list(shape(collector.collect()))
            except Exception as fault:  # noqa: BLE001 - it belongs to another library
                _log.warning("vedette leaves out the collector %s: %s", collector, fault)


class _Shown:
    """Families as an encoder wants them."""

    def __init__(self, families: Iterable[Family]) -> None:
        self._families = families

    def collect(self) -> Iterable[Family]:
        """Return them."""
        return self._families


def _writes(encoder: Callable[[Collector], bytes], family: Family) -> bool:
    try:
        encoder(_Shown([family]))
    except Exception as fault:  # noqa: BLE001 - it belongs to another library
        _log.warning("vedette leaves out %s: %s", family.name, fault)
        return False
    return True


def _exemplify(value: Any, number: float, labels: Mapping[str, str]) -> None:
    value.set_exemplar(Exemplar(dict(labels), number, time.time()))


def _histogram(child: Any) -> Series:
    bounds, total, buckets = child._upper_bounds, child._sum, child._buckets

    def exemplify(number: float, labels: Mapping[str, str]) -> None:
        _exemplify(buckets[bisect_left(bounds, number)], number, labels)

    def observe(number: float) -> None:
        total.inc(number)
        buckets[bisect_left(bounds, number)].inc(1.0)

    def observe_inline(number: float) -> None:
        total.value += number
        buckets[bisect_left(bounds, number)].value += 1.0

    return Series(write=observe_inline if type(total) is Cell else observe, exemplify=exemplify)


@cache
def shared() -> Engine:
    """Return the engine of the process's own registry, which other libraries may share."""
    directory = settings.environment("PROMETHEUS_MULTIPROC_DIR")
    several = getattr(values.ValueClass, "_multiprocess", False) and directory
    if several:
        _renew_shared_lock()
    return ClientEngine(client.REGISTRY, Path(str(directory)) if several else None)


def isolated() -> Engine:
    """Return an engine with a registry of its own, for this process alone."""
    return ClientEngine(client.CollectorRegistry(), None)


def share() -> bool:
    """Let the process's own engine share its values, though the client is loaded already.

    Returns:
        False where that engine is in use, and keeps its values to itself.
    """
    several = getattr(values.ValueClass, "_multiprocess", False)
    if not several and not shared.cache_info().currsize:
        values.ValueClass = values.MultiProcessValue()  # type: ignore[no-untyped-call]  # theirs
        several = True
    return bool(several)


def forget_worker(pid: int) -> None:
    """Let go of the gauges of a process that ended; its counters stay."""
    multiprocess.mark_process_dead(pid)  # type: ignore[no-untyped-call]  # theirs


def _renew_shared_lock() -> None:
    """Let the one lock of the shared files be taken again by the thread that holds it.

    A signal handler that records would wait for ever, and so would the child of a fork.
    """
    try:
        method: Any = values.ValueClass.inc
        at = method.__code__.co_freevars.index("lock")
        method.__closure__[at].cell_contents = threading.RLock()
    except (AttributeError, TypeError, ValueError):  # a release that keeps it elsewhere
        _log.debug("vedette found no lock of the shared files", exc_info=True)


def _after_fork() -> None:
    for engine in _every:
        engine.renew()
    if getattr(values.ValueClass, "_multiprocess", False):
        _renew_shared_lock()


os.register_at_fork(after_in_child=_after_fork)
