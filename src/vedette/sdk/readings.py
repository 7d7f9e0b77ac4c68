"""Series that are read from elsewhere, together: those that are not read any more go away."""

import math
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from vedette.errors import DeclarationError
from vedette.model.metric import Metric
from vedette.sdk.instruments import Counter
from vedette.sdk.monitor import Monitor

_Key = tuple[str, tuple[str, ...]]


@dataclass(frozen=True, kw_only=True)
class Reading:
    """One sample of one series.

    Args:
        metric: A gauge, or a counter whose whole count is read.
        value: In the unit of the metric.
        labels: A value for each label that the metric declares, in its order.
    """

    metric: Metric
    value: float
    labels: tuple[str, ...] = ()


class Readings:
    """What one source tells at a time: `show` replaces all that it told before.

    A thing that went away (a process, a GPU) takes its series with it, instead of leaving
    their last values behind.

    Args:
        monitor: Whose instruments.
    """

    def __init__(self, monitor: Monitor) -> None:
        self._monitor = monitor
        self._bound: dict[_Key, tuple[Metric, Callable[[float], None]]] = {}
        self._lock = threading.Lock()

    def show(self, readings: Iterable[Reading]) -> None:
        """Expose these readings, and none of those before.

        Raises:
            DeclarationError: a reading's labels are not those of its metric.
        """
        with self._lock:
            seen = {self._write(reading) for reading in readings}
            for key in self._bound.keys() - seen:
                metric, write = self._bound.pop(key)
                if metric.kind == "gauge":
                    write(math.nan)  # stays where several processes share their values
                self._monitor.forget(metric, **_named(metric, key[1]))

    def _write(self, reading: Reading) -> _Key:
        key = reading.metric.name, reading.labels
        if key not in self._bound:
            self._bound[key] = reading.metric, self._bind(reading)
        _, write = self._bound[key]
        write(reading.value)
        return key

    def _bind(self, reading: Reading) -> Callable[[float], None]:
        labels = _named(reading.metric, reading.labels)
        if reading.metric.kind == "counter":
            return _Count(self._monitor.counter(reading.metric, **labels)).reach
        return self._monitor.gauge(reading.metric, **labels).set


class _Count:
    """A counter that follows another's count, which may start anew."""

    def __init__(self, counter: Counter) -> None:
        self._counter = counter
        self._last = 0.0

    def reach(self, count: float) -> None:
        """Raise the counter by what the count rose since it was last told."""
        self._counter.inc(count - self._last if count >= self._last else count)
        self._last = count


def _named(metric: Metric, values: tuple[str, ...]) -> dict[str, str]:
    if len(values) != len(metric.labels):
        problem = f"a reading of {metric.name!r} has the label values {values}"
        raise DeclarationError(problem, hint=f"one for each of {', '.join(metric.labels)}")
    return dict(zip(metric.labels, values, strict=True))
