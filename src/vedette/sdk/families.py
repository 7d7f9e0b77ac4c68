"""The families of one engine: each declared once, each with its series, guarded."""

import contextlib
import logging
import os
import threading
import weakref
from collections.abc import Callable
from dataclasses import fields
from typing import Protocol, TypeVar

from vedette.errors import DeclarationError
from vedette.model.metric import Metric
from vedette.sdk.engine import Engine, Series, TakenError, Write
from vedette.sdk.guard import FOLDED, Guard
from vedette.sdk.lost import LOST, Lost

_log = logging.getLogger("vedette")


T = TypeVar("T")


class Cache(Protocol):
    """Remembers what leads to series of a family."""

    def clear(self) -> None:
        """Forget all of it: a series is no longer shown."""


class BusyError(RuntimeError):
    """A signal handler or `__del__` asks for a new series while one is being made."""


class Families:
    """Every family of one engine.

    Args:
        engine: Where their series are stored.
        warn: Label sets of a metric from which on a line in the log tells of them.
        limit: Label sets of a metric beyond which new ones are folded; 0 for none.
    """

    def __init__(self, engine: Engine, *, warn: int, limit: int) -> None:
        self.engine = engine
        self.limit = limit
        self._warn = warn
        self._families: dict[str, Family] = {}
        self._lock = threading.RLock()
        self._making = False
        _every.add(self)

    def family(self, metric: Metric) -> "Family":
        """Return the family of a declaration; no series is made yet.

        Raises:
            DeclarationError: its name is declared differently elsewhere.
        """
        found = self._families.get(metric.name)
        if found is None:
            # One of two threads wins, and both get its family.
            found = self._families.setdefault(metric.name, self._new(metric))
        if found.metric is not metric and found.metric != metric:
            _refuse(found.metric, metric)
        return found

    def exclusive(self, make: Callable[[], T]) -> T:
        """Make or forget a series while no other is.

        Raises:
            BusyError: this thread is making one already, and was interrupted.
        """
        with self._lock:
            if self._making:
                problem = "it interrupted the making of another series"
                raise BusyError(problem)
            self._making = True
            try:
                return make()
            finally:
                self._making = False

    def _new(self, metric: Metric) -> "Family":
        own = metric in (LOST, FOLDED)  # as many label sets as there are metrics
        limit, warn = (0, 0) if own else (self.limit, self._warn)
        return Family(metric, self, Guard(metric, warn=warn, limit=limit))

    def renew(self) -> None:
        """Start with a free lock: after a fork, the thread that held it is no more."""
        self._lock = threading.RLock()
        self._making = False


class Family:
    """One declared metric and its series."""

    def __init__(self, metric: Metric, families: Families, guard: Guard) -> None:
        self.metric = metric
        self.lost = Lost(metric.name, self._lost_write)
        self.shown: dict[tuple[tuple[str, str], ...], Series] = {}  # what an info tells now
        self.known: dict[tuple[str, ...], Series] = {}
        self._caches: weakref.WeakValueDictionary[int, Cache] = weakref.WeakValueDictionary()
        self._families = families
        self._guard = guard
        self._counts_losses: Write | None = None
        self._refused: Exception | None = None

    @property
    def most(self) -> int | None:
        """How many label sets a cache may keep; None for any number."""
        return 4 * self._families.limit or None  # one may be asked for in several ways

    def series(self, values: tuple[str, ...]) -> tuple[Series, bool]:
        """Return the series of these label values, and whether it is worth remembering.

        It never raises: where no series can be made, the result loses every record. One that
        stands for other label values, too, should be asked for again each time, so that what
        callers remember stays as bounded as the series are.

        Args:
            values: Clean text, one for each label that the metric declares, in that order.
        """
        found = self.known.get(values)
        if found is not None:
            return found, True
        try:
            if self._refused is None:
                return self._made(values)
        except BusyError as fault:
            return nowhere(fault), False
        except Exception as fault:  # noqa: BLE001 - a broken monitor never breaks the program
            _log.warning("vedette cannot record %s: %s", self.metric.name, fault)
            self._refused = fault if isinstance(fault, TakenError) else None
            return nowhere(fault), False
        return nowhere(self._refused), True

    def forget(self, values: tuple[str, ...]) -> None:
        """Show a series no longer; see `Engine.forget`."""

        def drop() -> None:
            self._guard.forget(values)
            if self.known.pop(values, None) is not None:
                self._families.engine.forget(self.metric, values)

        with contextlib.suppress(BusyError):  # what was interrupted goes on with its series
            self._families.exclusive(drop)
        for reference in self._caches.valuerefs():
            cache = reference()
            if cache is not None:
                cache.clear()

    def cached_in(self, cache: Cache) -> None:
        """Note what remembers series, to be cleared when one of them is forgotten."""
        self._caches[id(cache)] = cache

    def _made(self, values: tuple[str, ...]) -> tuple[Series, bool]:
        folded: list[str] = []

        def make() -> Series:
            self._prepare()
            admitted, labels = self._guard.admit(values)
            folded.extend(labels)
            if admitted not in self.known:
                self.known[admitted] = self._families.engine.series(self.metric, admitted)
            for label in labels:
                self._own(FOLDED, (self.metric.name, label))(1.0)
            return self.known[admitted]

        return self._families.exclusive(make), not folded

    def _own(self, metric: Metric, values: tuple[str, ...]) -> Write:
        """Return how one of our own counters is raised; the caller is making a series."""
        own = self._families.family(metric)
        if values not in own.known:
            own.known[values] = self._families.engine.series(metric, values)
        return own.known[values].write

    def _prepare(self) -> None:
        """See to it that losses can be counted; their series is there from the beginning."""
        if self._counts_losses is None and self.metric != LOST:
            self._counts_losses = self._own(LOST, (self.metric.name,))

    def _lost_write(self) -> Write | None:
        if self._counts_losses is None:
            with contextlib.suppress(BusyError):
                self._families.exclusive(self._prepare)
        return self._counts_losses


def nowhere(fault: Exception) -> Series:
    """Return a series that loses every record, for this reason."""

    def lose(*_: object) -> None:
        raise fault

    return Series(write=lose, add=lose, follow=lose, exemplify=lose)


def _refuse(known: Metric, other: Metric) -> None:
    differences = [
        f"{field.name} {getattr(known, field.name)!r} and {getattr(other, field.name)!r}"
        for field in fields(Metric)
        if getattr(known, field.name) != getattr(other, field.name)
    ]
    problem = f"metric {known.name!r} is declared twice, and differently: {', '.join(differences)}"
    raise DeclarationError(problem, hint="import the one declaration in both places")


_every: "weakref.WeakSet[Families]" = weakref.WeakSet()


def _after_fork() -> None:
    for families in _every:
        families.renew()


os.register_at_fork(after_in_child=_after_fork)
