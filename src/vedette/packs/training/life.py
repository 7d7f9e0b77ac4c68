"""From the beginning of a run to its end: what tells a run that died from one that is done."""

import atexit
import sys
import time
from functools import cached_property
from weakref import WeakSet

from vedette.packs.training import metrics
from vedette.packs.training.series import Series
from vedette.sdk import leaving
from vedette.sdk.monitor import Monitor
from vedette.sdk.rows import Cell, Row

_under_way: "WeakSet[Life]" = WeakSet()


class Life:
    """Whether one run is under way.

    A run whose program ends in order, and that said nothing, is ended on the way out; one
    whose process was killed is not, and that is how an alert knows.

    Args:
        series: The run's.

    Attributes:
        under_way: True from its beginning to its end.
    """

    def __init__(self, series: Series) -> None:
        self.under_way = False
        self._series = series
        self._began = 0.0

    def begin(self, *, unsaid: bool = False) -> None:
        """Say that the run is under way; anew, if it was before.

        Args:
            unsaid: True where nobody said so and its first step told it: nobody needs to say
                that it ended then, where the values of the program are handed over.
        """
        if not self.under_way:
            atexit.register(self._exit)
        if unsaid:
            leaving.opened(self)
        self.under_way = True
        _under_way.add(self)
        self._began = time.time()
        self._started(self._began)
        self.say(metrics.RUNNING)

    def end(self, state: str) -> None:
        """Say that it is over; where it is not under way this changes nothing.

        Args:
            state: One of `metrics.ENDS`; another is told as `stopped`.
        """
        if not self.under_way:
            return
        atexit.unregister(self._exit)
        leaving.closed(self)
        self.under_way = False
        _under_way.discard(self)
        # Where the clock was set back meanwhile, a run still does not end before it began.
        self._ended(max(time.time(), self._began))
        self.say(state if state in metrics.ENDS else metrics.STOPPED)

    def say(self, state: str) -> None:
        """Show the run in this state."""
        self._states(*(float(each == state) for each in metrics.STATES))

    def others(self) -> bool:
        """Tell whether any other run of this process is under way."""
        return len(_under_way) > (self in _under_way)

    def leave(self, monitor: Monitor, *, failed: bool) -> None:
        """End with the job that it is part of."""
        if self._series.monitor is monitor:
            self.end(metrics.FAILED if failed else metrics.FINISHED)

    def _exit(self) -> None:
        # The interpreter keeps the exception that nobody caught.
        self.end(metrics.FAILED if hasattr(sys, "last_value") else metrics.FINISHED)

    @cached_property
    def _started(self) -> Row:
        return self._series.rows(
            Cell(metric=metrics.STARTED, value="now"),
            # So that a run that never makes its first step is told as well.
            Cell(metric=metrics.LAST_STEP, value="now"),
        )

    @cached_property
    def _ended(self) -> Row:
        return self._series.rows(Cell(metric=metrics.ENDED, value="now"))

    @cached_property
    def _states(self) -> Row:
        return self._series.rows(
            *(
                Cell(metric=metrics.STATE, value=state, labels={"state": state})
                for state in metrics.STATES
            )
        )
