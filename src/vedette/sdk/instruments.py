"""Bound instruments: one series each, bound once, never in the way."""

import logging
import math
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from vedette.model.metric import Metric

LOST = Metric(
    name="vedette_lost_records_total",
    kind="counter",
    help="Records that an instrument could not take; the program went on without them.",
    labels=("metric",),
)

_log = logging.getLogger("vedette")


class Lost:
    """Counts what one metric lost, and says so once."""

    def __init__(self, metric: str, count: Callable[[float], object]) -> None:
        self._metric = metric
        self._count = count
        self._said = False
        self._lock = threading.Lock()

    def __call__(self, fault: Exception) -> None:
        """Count one lost record; the first is logged with its reason."""
        self._count(1.0)
        with self._lock:
            first, self._said = not self._said, True
        if first:
            _log.warning("vedette lost a record of %s: %s", self._metric, fault)


class Counter:
    """A number that only rises."""

    __slots__ = ("_inc", "_lost")

    def __init__(self, inc: Callable[[float], object], lost: Lost) -> None:
        self._inc = inc
        self._lost = lost

    def inc(self, amount: float = 1.0) -> None:
        """Add `amount`, which must not be negative."""
        try:
            self._inc(amount)
        except Exception as fault:  # noqa: BLE001 - a broken monitor never breaks the program
            self._lost(fault)


class Gauge:
    """A number that rises and falls."""

    __slots__ = ("_add", "_follow", "_lost", "_set")

    def __init__(
        self,
        *,
        setter: Callable[[float], object],
        adder: Callable[[float], object],
        follower: Callable[[Callable[[], float]], object],
        lost: Lost,
    ) -> None:
        self._set = setter
        self._add = adder
        self._follow = follower
        self._lost = lost

    def set(self, value: float) -> None:
        """Make it `value`."""
        try:
            self._set(value)
        except Exception as fault:  # noqa: BLE001 - a broken monitor never breaks the program
            self._lost(fault)

    def inc(self, amount: float = 1.0) -> None:
        """Add `amount`."""
        try:
            self._add(amount)
        except Exception as fault:  # noqa: BLE001 - a broken monitor never breaks the program
            self._lost(fault)

    def dec(self, amount: float = 1.0) -> None:
        """Take `amount` away."""
        self.inc(-amount)

    def follow(self, function: Callable[[], float]) -> None:
        """Ask `function` whenever the gauge is read; where it fails the sample is NaN."""

        def guarded() -> float:
            try:
                return float(function())
            except Exception as fault:  # noqa: BLE001 - one gauge must not spoil a scrape
                self._lost(fault)
                return math.nan

        try:
            self._follow(guarded)
        except Exception as fault:  # noqa: BLE001 - a broken monitor never breaks the program
            self._lost(fault)


class Histogram:
    """How values spread over its buckets."""

    __slots__ = ("_lost", "_observe")

    def __init__(self, observe: Callable[[float], object], lost: Lost) -> None:
        self._observe = observe
        self._lost = lost

    def observe(self, value: float) -> None:
        """Record one value, in the unit of the metric."""
        try:
            self._observe(value)
        except Exception as fault:  # noqa: BLE001 - a broken monitor never breaks the program
            self._lost(fault)

    @contextmanager
    def time(self) -> Iterator[None]:
        """Record how many seconds the block took, also where it raised."""
        start = time.perf_counter()
        try:
            yield
        finally:
            self.observe(time.perf_counter() - start)
