"""A metric is there, of its kind, with its labels, and moves."""

from typing import Literal

from pydantic import Field

from vedette.clients.prometheus import Sample
from vedette.verify.asks import Prometheus
from vedette.verify.outcome import BrokenPromiseError, Evidence, eventually
from vedette.verify.promise import Kind, Promise
from vedette.verify.system import System


class MetricPromise(Promise):
    """A metric family."""

    metric: str = Field(description="Its name, as it is exposed.")
    kind: Literal["counter", "gauge", "histogram", "summary"] = Field(description="Its kind.")
    labels: tuple[str, ...] = Field(default=(), description="Labels that every series must carry.")
    where: str = Field(default="", description='Selects its series, as in `module="serving"`.')
    moves: bool = Field(
        default=True, description="Whether its value must change while being watched."
    )

    def words(self) -> str:
        """Name the metric as a person would."""
        labels = f"{{{', '.join(self.labels)}}}" if self.labels else ""
        moves = " and moves" if self.moves else ""
        return f"{self.kind} {self.metric}{labels} is there{moves}"

    def series(self) -> str:
        """Return the selector of the series that tell most: a histogram's counts."""
        suffix = "_count" if self.kind in {"histogram", "summary"} else ""
        return f"{self.metric}{suffix}{{{self.where}}}"


def check(promise: MetricPromise, system: System) -> Evidence:
    """Find its series, compare kind and labels, and wait for a value to change."""
    prometheus = system.prometheus
    first = eventually(lambda: _found(promise, prometheus), promise.within)
    text = f"{len(first)} series, e.g. {_written(first[0])}"
    if not promise.moves:
        return Evidence(text=text)
    before = {_key(sample): sample.value for sample in first}

    def moved() -> Sample:
        for sample in _found(promise, prometheus):
            # A counter that began anew after a restart has moved as well.
            if sample.value != before.get(_key(sample), sample.value):
                return sample
        seen = f"no value changed: {text}"
        raise BrokenPromiseError(seen)

    later = eventually(moved, promise.within)
    return Evidence(text=f"{text}; {before[_key(later)]:g} became {later.value:g}")


def _found(promise: MetricPromise, prometheus: Prometheus) -> list[Sample]:
    samples = prometheus.query(promise.series())
    if not samples:
        seen = f"{promise.series()} has no series"
        raise BrokenPromiseError(seen)
    kind = prometheus.kind(promise.metric)
    if kind != promise.kind:
        seen = f"{promise.metric} is declared as {kind or 'nothing'}, not as {promise.kind}"
        raise BrokenPromiseError(seen)
    for sample in samples:
        if missing := set(promise.labels) - set(sample.labels):
            seen = f"{_written(sample)} lacks the label {', '.join(sorted(missing))}"
            raise BrokenPromiseError(seen)
    return samples


def _key(sample: Sample) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(sample.labels.items()))


def _written(sample: Sample) -> str:
    name = sample.labels.get("__name__", "")
    labels = ",".join(f'{k}="{v}"' for k, v in sample.labels.items() if k != "__name__")
    return f"{name}{{{labels}}} {sample.value:g}"


KIND = Kind(
    summary="A metric is there, of its kind, with its labels, and moves.",
    promise=MetricPromise,
    check=check,
)
