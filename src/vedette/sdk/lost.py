"""What an instrument could not take is counted, and said once."""

import logging
from collections.abc import Callable

from vedette.model.metric import Metric

LOST = Metric(
    name="vedette_lost_records_total",
    kind="counter",
    help="Records that an instrument could not take; the program went on without them.",
    labels=("metric",),
)

_LONGEST_REASON = 300  # characters
_log = logging.getLogger("vedette")


class Lost:
    """Counts what one metric lost; it takes no lock and never raises.

    Args:
        metric: Its name.
        counter: Returns how a loss is counted, or None while that cannot be told yet.
    """

    __slots__ = ("_counter", "_metric", "_said", "_waiting")

    def __init__(
        self, metric: str, counter: Callable[[], Callable[[float], object] | None]
    ) -> None:
        self._metric = metric
        self._counter = counter
        self._waiting = 0.0
        self._said = False

    def __call__(self, fault: Exception) -> None:
        """Count one lost record; the first is logged with its reason."""
        try:
            self._waiting += 1.0
            self._count()
            if not self._said:
                self._said = True
                reason = str(getattr(fault, "problem", fault))[:_LONGEST_REASON]
                _log.warning("vedette lost a record of %s: %s", self._metric, reason)
        except Exception:  # noqa: BLE001, S110 - there is nowhere left to tell it
            pass

    def _count(self) -> None:
        write = self._counter()
        if write is not None:
            waiting, self._waiting = self._waiting, 0.0
            write(waiting)
