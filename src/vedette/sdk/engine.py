"""What stores the values: the one interface between the instruments and their storage.

Everything above speaks to an `Engine` and to the `Series` that it hands out, and to nothing
else; another engine replaces the one of today where `monitor` asks for it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NoReturn, Protocol

from vedette.model.metric import Metric

Write = Callable[[float], object]


def _unable(*_: object) -> NoReturn:
    """Stand where a kind of metric has no such write."""
    problem = "this kind of metric cannot be written so"
    raise TypeError(problem)


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One live series: how it is written, bare.

    Every call gets numbers that were checked before: floats, for a counter finite and not
    negative, for a histogram finite. It may come from any thread, and also from a signal
    handler or a `__del__` that interrupts another of these calls on the same thread. So a
    call waits for no lock that its own thread can hold, keeps no object that it was given,
    and loses nothing that other threads write.

    Args:
        write: Adds to a counter, sets a gauge, observes in a histogram.
        add: Adds to a gauge.
        follow: Lets a gauge ask a function whenever it is read; the function never raises.
        exemplify: Remembers an example of a counter or histogram: the value, and labels of at
            most 128 characters. An engine without a place for examples forgets it.
    """

    write: Write
    add: Write = _unable
    follow: Callable[[Callable[[], float]], object] = _unable
    exemplify: Callable[[float, Mapping[str, str]], object] = _unable


class TakenError(Exception):
    """The name of a metric belongs to another library of the process."""


class Engine(Protocol):
    """Stores series and writes them out.

    It counts no label sets, checks no value and knows no handle: that is done above it. After
    a fork the child may call everything at once, whatever other threads held before.
    """

    def series(self, metric: Metric, values: tuple[str, ...]) -> Series:
        """Return the live series of `metric` with these label values, made where it is new.

        The caller sees to it that one call ends before the next begins, and asks for one
        series again only where it forgot it: the same values mean the same storage.

        Args:
            metric: A counter, gauge, histogram, info or state set. The last two are written
                like gauges: 1 is shown; 0 is shown by a state set, and hides an info.
            values: Valid UTF-8, one for each label that the metric declares, in that order.

        Raises:
            TakenError: another library has the name; it will not be different later.
            Exception: the series cannot be made now, as when a disk is full.
        """

    def forget(self, metric: Metric, values: tuple[str, ...]) -> None:
        """Show a series no longer, if it is there; what was bound to it writes nowhere then.

        Asked for again, it starts anew. Called like `series`, one call at a time. An engine
        that shares its values between processes may keep showing it.
        """

    def expose(self, accept: str, ambient: Mapping[str, str]) -> tuple[bytes, str]:
        """Return the text of all series and its content type.

        It may take long, runs in any thread, and hinders no write. Where several processes
        share their values, those of all are told, brought together as `Metric.workers` says.

        Args:
            accept: The Accept header of the scrape; decides between the formats.
            ambient: Labels that each series gets which has no value for them; the series of
                other libraries in the process stay as they are.
        """
