"""The way of one alert: pending, firing, received, resolved; with the time of each hop."""

import time
from collections.abc import Callable, Mapping, Sequence
from typing import NoReturn, TypeVar

from vedette.verify.outcome import BrokenPromiseError, Step, eventually
from vedette.verify.sinks import mail, webhook
from vedette.verify.sinks.inbox import Status
from vedette.verify.system import System

T = TypeVar("T")

SINKS = (webhook.NAME, mail.NAME)
_EVERY_SECONDS = 0.25


class Journey:
    """Follows one alert and notes the time of every hop.

    Args:
        alert: Its name.
        labels: Labels of the instance that is followed.
        system: Where it fires.
        since: When its cause was produced, in seconds since the epoch.
    """

    def __init__(
        self, alert: str, labels: Mapping[str, str], system: System, *, since: float
    ) -> None:
        self._alert = alert
        self._labels = labels
        self._system = system
        self._since = since
        self.steps: list[Step] = []

    def seen(self, name: str, at: float | None = None) -> None:
        """Note a hop."""
        seconds = round((at or time.time()) - self._since, 2)
        self.steps.append(Step(name=name, seconds=seconds))

    def fires(self, deadline: float) -> None:
        """Wait until it is pending (where it is for a moment) and then firing."""

        def firing() -> None:
            states = self._states()
            if "pending" in states and not self.steps:
                self.seen("pending")
            if "firing" not in states:
                self._broken(f"{self._alert} is {_listed(states)}, not firing")

        self._wait(firing, deadline)
        self.seen("firing")

    def is_over(self, deadline: float) -> None:
        """Wait until it no longer fires."""

        def over() -> None:
            if states := self._states():
                self._broken(f"{self._alert} is still {_listed(states)}")

        self._wait(over, deadline)
        self.seen("resolved")

    def arrives(self, status: Status, since: float, deadline: float) -> None:
        """Wait until every sink has been told."""
        for sink in SINKS:

            def told(sink: str = sink) -> float:
                notice = self._system.inbox.first(
                    sink, self._alert, status, since=since, labels=self._labels
                )
                if notice is None:
                    self._broken(f"no {sink} said that {self._alert} is {status}")
                return notice.at

            self.seen(f"{status} by {sink}", self._wait(told, deadline))

    def _states(self) -> list[str]:
        return self._system.prometheus.alerts(self._alert, self._labels)

    def _wait(self, probe: Callable[[], T], deadline: float) -> T:
        return eventually(probe, deadline - time.time(), _EVERY_SECONDS)

    def _broken(self, seen: str) -> NoReturn:
        raise BrokenPromiseError(seen, tuple(self.steps))


def _listed(states: Sequence[str]) -> str:
    return ", ".join(states) or "quiet"
