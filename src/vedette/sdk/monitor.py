"""Declared metrics become live instruments."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import NoReturn

from vedette import settings
from vedette.errors import DeclarationError
from vedette.model.metric import Kind, Metric
from vedette.sdk import _backend
from vedette.sdk.engine import Engine
from vedette.sdk.families import Families
from vedette.sdk.handle import Source
from vedette.sdk.instruments import Counter, Gauge, Histogram, Info, Lost, StateSet
from vedette.sdk.text import text

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
        model: The label `model` of each of our series that names no model itself. It is put
            there when the series are exposed by this monitor.
        model_version: The label `model_version`, in the same way.
    """

    def __init__(self, *, isolated: bool = False, model: str = "", model_version: str = "") -> None:
        given = {"model": text(model), "model_version": text(model_version)}
        self._ambient = {name: value for name, value in given.items() if value}
        self._families = _families(_backend.isolated()) if isolated else _shared_families()
        self._before: list[Callable[[], None]] = []

    def counter(self, metric: Metric, **labels: object) -> Counter:
        """Bind a counter.

        Args:
            metric: The declaration.
            labels: Values of its labels; those that are left out are given by
                `.labels()` of the result, before it records.

        Raises:
            DeclarationError: it is no counter, it has no such label, or its name is
                declared differently elsewhere.
        """
        return Counter(self.source(metric, "counter"), _given(metric, labels))

    def gauge(self, metric: Metric, **labels: object) -> Gauge:
        """Bind a gauge; see `counter`."""
        return Gauge(self.source(metric, "gauge"), _given(metric, labels))

    def histogram(self, metric: Metric, **labels: object) -> Histogram:
        """Bind a histogram; see `counter`."""
        return Histogram(self.source(metric, "histogram"), _given(metric, labels))

    def info(self, metric: Metric, **labels: object) -> Info:
        """Bind an info; see `counter`. The labels that are left out are what it tells."""
        return Info(self.source(metric, "info"), _given(metric, labels))

    def stateset(self, metric: Metric, **labels: object) -> StateSet:
        """Bind a state set; see `counter`.

        Raises:
            DeclarationError: as there, or the metric declares no states: those are the
                values of a label that is called like the metric itself.
        """
        if not metric.values.get(metric.name) and metric.kind == "stateset":
            problem = f"state set {metric.name!r} declares no states"
            hint = f"give it a label {metric.name!r} and values={{{metric.name!r}: (...)}}"
            raise DeclarationError(problem, hint=hint)
        return StateSet(self.source(metric, "stateset"), _given(metric, labels))

    def source(self, metric: Metric, kind: Kind) -> Source:
        """Return where the series of a metric come from: for what is built on handles.

        Raises:
            DeclarationError: it is of another kind, or is declared differently elsewhere.
        """
        if metric.kind != kind:
            problem = f"{metric.name!r} is a {metric.kind}, not a {kind}"
            raise DeclarationError(problem, hint=f"bind it with monitor.{metric.kind}()")
        return Source(self._families.family(metric), self._ambient)

    def writer(
        self, metric: Metric, labels: Mapping[str, object]
    ) -> tuple[Callable[[float], object], Lost]:
        """Return how one series is written, bare, and what counts its losses.

        Args:
            metric: A counter, which is raised; a gauge, which is set; a histogram. What is
                written must be checked before; see `engine.Series`.
            labels: A value for each label that the metric declares.

        Raises:
            DeclarationError: these are not its labels.
        """
        source = self.source(metric, metric.kind)
        series, _ = source.series(_whole(metric, labels))
        return series.write, source.family.lost

    def forget(self, metric: Metric, **labels: object) -> None:
        """Take one series of a metric with labels out of what is exposed, if it is there.

        Handles that were bound before lead nowhere then; bind a new one to have it back.
        Where several processes share their values, it stays.

        Args:
            metric: The declaration.
            labels: A value for each label that the metric declares.

        Raises:
            DeclarationError: these are not its labels.
        """
        self.source(metric, metric.kind).forget(_whole(metric, labels))

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
        for refresh in tuple(self._before):
            try:
                refresh()
            except Exception:  # noqa: BLE001 - a broken monitor never breaks the program
                _log.exception("vedette could not refresh what is exposed")
        body, content_type = self._families.engine.expose(accept, self._ambient)
        return Exposition(body=body, content_type=content_type)


def _given(metric: Metric, labels: Mapping[str, object]) -> dict[str, str]:
    if not labels.keys() <= set(metric.labels):
        _refuse(metric, labels)
    return {name: text(value) for name, value in labels.items()}


def _whole(metric: Metric, labels: Mapping[str, object]) -> dict[str, str]:
    if labels.keys() != set(metric.labels):
        _refuse(metric, labels)
    return _given(metric, labels)


def _refuse(metric: Metric, labels: Mapping[str, object]) -> NoReturn:
    problem = f"{metric.name!r} was bound with labels {sorted(labels)}"
    raise DeclarationError(problem, hint=f"it has {', '.join(metric.labels) or 'none'}")


def _configured() -> settings.Settings:
    """Return the settings; a wrong one is left out, and said, for the program goes on."""
    read, faults = settings.read_kindly()
    for fault in faults:
        _log.warning("vedette goes on without a setting: %s", fault.problem)
    return read


def _families(engine: Engine) -> Families:
    read = _configured()
    return Families(engine, warn=read.label_sets_warn, limit=read.label_sets_limit)


@cache
def _shared_families() -> Families:
    return _families(_backend.shared())


@cache
def default_monitor() -> Monitor:
    """Return the monitor that recorders use unless they are given another.

    Its model and version are those of the environment, VEDETTE_MODEL and
    VEDETTE_MODEL_VERSION.
    """
    read = _configured()
    return Monitor(model=read.model, model_version=read.model_version)
