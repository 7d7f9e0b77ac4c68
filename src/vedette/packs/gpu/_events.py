"""The errors that a driver reports with a number, an XID."""

from collections import Counter
from collections.abc import Iterator, Mapping

from vedette.packs.gpu import metrics
from vedette.packs.gpu._card import Card
from vedette.packs.gpu._nvml import CallError, Driver, GpuLostError, UnsupportedError
from vedette.sdk.readings import Reading

_XID = 0x8  # nvmlEventTypeXidCriticalError
_MOST = 100  # of one look: a card that reports without end must not hold up the others
_UNKNOWN = "unknown"


class XidErrors:
    """Counts the errors of every GPU; the driver keeps them until they are asked for.

    Args:
        driver: Whom to ask.
        cards: Every GPU by its number; one that reports no errors is told so.
    """

    def __init__(self, driver: Driver, cards: Mapping[int, Card]) -> None:
        self._driver = driver
        self._counts: Counter[tuple[str, str]] = Counter()
        self._set: object | None = None
        for card in cards.values():
            try:
                self._set = self._set or driver.call("nvmlEventSetCreate")
                driver.call("nvmlDeviceRegisterEvents", card.handle, _XID, self._set)
            except UnsupportedError as fault:
                card.drop("xid", str(fault))
            except (CallError, GpuLostError):
                continue

    def read(self) -> Iterator[Reading]:
        """Yield the counts so far."""
        if self._set is not None:
            self._collect(self._set)
        for labels, count in self._counts.items():
            yield Reading(metric=metrics.XID_ERRORS, value=count, labels=labels)

    def _collect(self, events: object) -> None:
        for _ in range(_MOST):
            try:
                event = self._driver.call("nvmlEventSetWait_v2", events, 0)
            except (CallError, GpuLostError, UnsupportedError):  # a timeout: nothing more waits
                return
            self._counts[self._gpu(event.device), str(event.eventData)] += 1

    def _gpu(self, handle: object) -> str:
        try:
            return str(self._driver.call("nvmlDeviceGetIndex", handle))
        except (CallError, GpuLostError, UnsupportedError):
            return _UNKNOWN
