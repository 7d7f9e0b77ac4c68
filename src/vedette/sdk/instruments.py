"""Handles of the five kinds of metric: bound once, cheap to call, never in the way.

A record call never raises: what it cannot take is counted in `vedette_lost_records_total` and
said once in the log. `labels()` is no record call; it refuses labels that do not exist.
"""

from collections.abc import Callable, Mapping

from vedette.sdk.around import Exceptions, InProgress, Raised, Timer, scale
from vedette.sdk.engine import Series
from vedette.sdk.exemplars import checked
from vedette.sdk.guard import FOLDED
from vedette.sdk.handle import Handle
from vedette.sdk.lost import LOST, Lost
from vedette.sdk.numbers import INFINITY, countable, number, summable

__all__ = ["FOLDED", "LOST", "Counter", "Gauge", "Histogram", "Info", "Lost", "StateSet"]

Exemplar = Mapping[str, object]


class _Recorder(Handle):
    """A handle whose labels all need a value before it records."""

    __slots__ = ("_bound", "_kept", "_write")

    def _bind(self) -> None:
        self._bound, self._kept = self._series()
        self._write = self._bound.write

    def is_lasting(self) -> bool:
        """See `Handle.is_lasting`."""
        return self._kept

    def _exemplify(self, value: float, exemplar: Exemplar) -> None:
        self._bound.exemplify(value, checked(exemplar))


class Counter(_Recorder):
    """A number that only rises."""

    __slots__ = ()

    def inc(self, amount: float = 1.0, exemplar: Exemplar | None = None) -> None:
        """Add to it.

        Args:
            amount: How much; not negative, finite.
            exemplar: Labels of one event that this was, a trace id for example. At most 128
                characters with their names; a longer one is dropped, and counted as lost.
        """
        try:
            if amount.__class__ is not float:
                amount = number(amount)
            if not 0.0 <= amount < INFINITY:
                countable(amount)
            self._write(amount)
            if exemplar is not None:
                self._exemplify(amount, exemplar)
        except Exception as fault:  # noqa: BLE001 - a broken monitor never breaks the program
            self._lost(fault)

    def count_exceptions(self, types: Raised = Exception) -> Exceptions:
        """Return a context manager and decorator that counts what is raised out of it.

        Args:
            types: The exceptions that count.
        """
        return Exceptions(self.inc, types)


class Gauge(_Recorder):
    """A number that rises and falls; it takes NaN and the infinities, too."""

    __slots__ = ()

    def set(self, value: float) -> None:
        """Make it `value`."""
        try:
            if value.__class__ is not float:
                value = number(value)
            self._write(value)
        except Exception as fault:  # noqa: BLE001 - a broken monitor never breaks the program
            self._lost(fault)

    def inc(self, amount: float = 1.0) -> None:
        """Add `amount`."""
        try:
            if amount.__class__ is not float:
                amount = number(amount)
            self._bound.add(amount)
        except Exception as fault:  # noqa: BLE001 - a broken monitor never breaks the program
            self._lost(fault)

    def dec(self, amount: float = 1.0) -> None:
        """Take `amount` away."""
        try:
            if amount.__class__ is not float:
                amount = number(amount)
            self._bound.add(-amount)
        except Exception as fault:  # noqa: BLE001 - a broken monitor never breaks the program
            self._lost(fault)

    def follow(self, function: Callable[[], float]) -> None:
        """Ask `function` whenever the gauge is read; where it fails the sample is NaN."""

        def guarded() -> float:
            try:
                return number(function())
            except Exception as fault:  # noqa: BLE001 - one gauge must not spoil a scrape
                self._lost(fault)
                return float("nan")

        try:
            self._bound.follow(guarded)
        except Exception as fault:  # noqa: BLE001 - a broken monitor never breaks the program
            self._lost(fault)

    def time(self) -> Timer:
        """Return a context manager and decorator that sets the gauge to how long it took."""
        return Timer(self.set, scale(self._source.family.metric))

    def track_inprogress(self) -> InProgress:
        """Return a context manager and decorator that is one more while it runs."""
        return InProgress(self.inc, self.dec)


class Histogram(_Recorder):
    """How values spread over its buckets."""

    __slots__ = ()

    def observe(self, value: float, exemplar: Exemplar | None = None) -> None:
        """Record one value.

        Args:
            value: In the unit of the metric; finite.
            exemplar: See `Counter.inc`.
        """
        try:
            if value.__class__ is not float:
                value = number(value)
            if not -INFINITY < value < INFINITY:
                summable(value)
            self._write(value)
            if exemplar is not None:
                self._exemplify(value, exemplar)
        except Exception as fault:  # noqa: BLE001 - a broken monitor never breaks the program
            self._lost(fault)

    def time(self) -> Timer:
        """Return a context manager and decorator that records how long it took.

        It records also where the block raised, in seconds, or in milliseconds where the
        metric's unit or name says so.
        """
        return Timer(self.observe, scale(self._source.family.metric))


class Info(Handle):
    """Texts that describe something, as labels of a series that is always 1."""

    __slots__ = ()

    def set(self, **values: object) -> None:
        """Show these values instead of what was shown before.

        Args:
            values: For the labels that have none yet; those left out are empty.
        """
        try:
            self._set(self.labels(**values) if values else self)
        except Exception as fault:  # noqa: BLE001 - a broken monitor never breaks the program
            self._lost(fault)

    def _set(self, chosen: "Info") -> None:
        series, _ = self._source.series(chosen.filled())
        shown = self._source.family.shown
        identity = tuple(sorted(self._given.items()))
        before = shown.get(identity)
        series.write(1.0)
        shown[identity] = series
        if before is not None and before is not series:
            before.write(0.0)

    def is_lasting(self) -> bool:
        """See `Handle.is_lasting`: what an info tells is told once, and changes."""
        return False


class StateSet(Handle):
    """Which of its states something is in; each state is a series, 1 or 0.

    The states are the declared values of the label that is called like the metric.
    """

    __slots__ = ("_states",)

    def set(self, *states: str) -> None:
        """Say which states hold; all others do not.

        Args:
            states: One, or several that hold together, or none.
        """
        try:
            for state in states:
                _ = self._states[state]
            for state, series in self._states.items():
                series.write(float(state in states))
        except Exception as fault:  # noqa: BLE001 - a broken monitor never breaks the program
            self._lost(_unknown(fault, self._states))

    def _open_labels(self) -> tuple[str, ...]:
        own = self._source.family.metric.name
        return tuple(name for name in super()._open_labels() if name != own)

    def _bind(self) -> None:
        metric = self._source.family.metric
        self._states: dict[str, Series] = {}
        if not self._pending:
            for state in metric.values[metric.name]:
                self._states[state], _ = self._source.series({**self._given, metric.name: state})


def _unknown(fault: Exception, states: Mapping[str, Series]) -> Exception:
    if not isinstance(fault, KeyError):
        return fault
    return ValueError(f"{fault.args[0]!r} is none of its states: {', '.join(states)}")
