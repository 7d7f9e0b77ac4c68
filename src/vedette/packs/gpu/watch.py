"""Ask the driver beside the program, and never let a scrape wait for it."""

import logging
import os
import threading
import time
from collections.abc import Callable, Sequence

from vedette.packs.gpu import metrics
from vedette.packs.gpu._card import Card
from vedette.packs.gpu._events import XidErrors
from vedette.packs.gpu._nvml import CallError, Driver, GpuLostError, UnavailableError
from vedette.sdk.monitor import Monitor
from vedette.sdk.readings import Reading, Readings

_log = logging.getLogger("vedette")


class Session:
    """What is known while the driver answers: its GPUs by number, and their errors.

    Raises:
        UnavailableError: there is no driver, or no GPU.
    """

    def __init__(self, driver: Driver) -> None:
        self.driver = driver
        self._count = driver.call("nvmlDeviceGetCount")
        if not self._count:
            driver.close()
            reason = "no_gpu"
            raise UnavailableError(reason)
        self._cards: dict[int, Card] = {}
        self._lost: set[int] = set()
        self._find()
        self._errors = XidErrors(driver, self._cards)

    def read(self) -> list[Reading]:
        """Return what every GPU tells now.

        Raises:
            UnavailableError: the driver ended the session.
        """
        self._find()
        told = [_up()]
        for card in self._cards.values():
            told += card.read()
        for index in self._lost:
            told.append(Reading(metric=metrics.LOST, value=1, labels=(str(index),)))
        return [*told, *self._errors.read()]

    def _find(self) -> None:
        """Make the cards that could not be made before, as one that was lost from the start."""
        for index in range(self._count):
            if index in self._cards:
                continue
            try:
                self._cards[index] = Card(self.driver, index)
                self._lost.discard(index)
            except GpuLostError:
                self._lost.add(index)
            except CallError as fault:
                _log.info("vedette: GPU %d cannot be asked: %s", index, fault)


class GpuWatch:
    """Asks whenever the series are read, in a thread that a scrape waits for only so long.

    Args:
        monitor: Whose instruments.
        begin: Opens a session with the driver.
        clock: Seconds that passed.
        patience: How long a scrape waits for fresh readings, in seconds; then it gets those
            of the time before.
    """

    SHORTEST = 1.0  # seconds between two looks: several may scrape
    LONGEST = 30.0  # seconds without an answer after which nothing is known any more
    RETRY = 60.0  # seconds until a driver that went away is looked for again

    def __init__(
        self,
        monitor: Monitor,
        *,
        begin: Callable[[], Session],
        clock: Callable[[], float] = time.monotonic,
        patience: float = 0.25,
    ) -> None:
        self._begin, self._clock, self._patience = begin, clock, patience
        self._shown = Readings(monitor)
        self._session: Session | None = None
        self._latest: Sequence[Reading] = (_up("starting"),)
        self._answered = self._asked = clock()
        self._not_before: float | None = clock()
        self._seen = False
        self._process = os.getpid()
        self._thread = self._ask()
        monitor.before_expose(self.refresh)

    def refresh(self) -> None:
        """Show what the GPUs tell now, or, where they take too long, what they told before."""
        if self._may_ask():
            self._thread = self._ask()
        self._thread.join(self._patience)
        late = self._thread.is_alive() and self._clock() - self._answered > self.LONGEST
        self._shown.show((_up("no_answer"),) if late else self._latest)

    def _may_ask(self) -> bool:
        if os.getpid() != self._process:  # a fork has neither the thread nor the session
            self._process, self._session, self._not_before = os.getpid(), None, self._clock()
            return True
        if self._thread.is_alive() or self._not_before is None:
            return False
        return self._clock() >= self._not_before

    def _ask(self) -> threading.Thread:
        thread = threading.Thread(target=self._look, name="vedette-gpu", daemon=True)
        thread.start()
        return thread

    def _look(self) -> None:
        try:
            self._session = self._session or self._begin()
            self._latest = self._session.read()
            self._seen = True
            self._not_before = self._clock() + self.SHORTEST
        except UnavailableError as fault:
            self._away(str(fault))
        except Exception:  # noqa: BLE001 - a broken monitor never breaks the program
            _log.exception("vedette cannot watch the GPUs")
            self._away("error")
        self._answered = self._clock()

    def _away(self, reason: str) -> None:
        if self._session is not None:
            self._session.driver.close()
            self._session = None
            self._not_before = self._clock()  # a driver that was loaded anew is there at once
        else:
            self._not_before = self._clock() + self.RETRY if self._seen else None
        if self._latest != (_up(reason),):
            _log.info("vedette watches no GPU: %s", reason)
        self._latest = (_up(reason),)


def _up(reason: str = "") -> Reading:
    labels = ("nvidia", reason)
    return Reading(metric=metrics.MONITOR_UP, value=float(not reason), labels=labels)
