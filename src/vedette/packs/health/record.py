"""Ask whether a service can work: what it depends on is checked, all at the same time."""

import asyncio
from collections.abc import Mapping
from concurrent.futures import Future, wait
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from vedette.errors import DeclarationError
from vedette.packs.health.check import Check, Function, Result
from vedette.sdk.monitor import Monitor, default_monitor

_TIMEOUT_SECONDS = 2.0


@dataclass(frozen=True, kw_only=True)
class Report:
    """What a service says of itself.

    Args:
        version: Of the service.
        checks: How each check ended.
        ready: False where the service itself asks for no requests.
        time: When this was found.
    """

    version: str
    checks: Mapping[str, Result]
    ready: bool = True
    time: datetime

    @property
    def passing(self) -> bool:
        """Whether everything passed."""
        return all(result.passing for result in self.checks.values())

    def document(self) -> dict[str, Any]:
        """Return it as JSON: nothing in it helps an attacker."""
        return {
            "status": "ok" if self.passing else "failing",
            "timestamp": self.time.isoformat(timespec="milliseconds"),
            "version": self.version,
            "checks": {name: _told(result) for name, result in self.checks.items()},
        }


def _told(result: Result) -> dict[str, Any]:
    told = {"status": "ok" if result.passing else "failing", "seconds": round(result.seconds, 6)}
    return {**told, "reason": result.reason} if result.reason else told


class Health:
    """The health checks of one service; make it once and keep it.

    Example:
        health = Health(version="1.4.2", database=database(engine), cache=cache(client))

    Args:
        version: Of the service; shown with every answer.
        timeout: Seconds that a check may take, where it has no time of its own.
        monitor: Whose instruments; the process's own unless given.
        checks: Checks by name; see `check`.

    Attributes:
        accepting: Set it to False before a shutdown: `/ready` then answers 503.
    """

    def __init__(
        self,
        *,
        version: str = "",
        timeout: float = _TIMEOUT_SECONDS,
        monitor: Monitor | None = None,
        **checks: Function,
    ) -> None:
        self.version = version
        self.accepting = True
        self._timeout = timeout
        self._monitor = monitor or default_monitor()
        self._checks: dict[str, Check] = {}
        for name, function in checks.items():
            self.check(name, function)

    def check(self, name: str, function: Function, *, timeout: float | None = None) -> None:
        """Add a check.

        Args:
            name: What is checked: the label `check`, and the key in the answer.
            function: Asked without arguments, plain or asynchronous; it passes unless it
                raises or answers False. Plain ones run in a thread.
            timeout: Seconds after which it counts as failed.

        Raises:
            DeclarationError: there is such a check already, or the time is not above 0.
        """
        seconds = self._timeout if timeout is None else timeout
        if name in self._checks:
            problem = f"there is a health check {name!r} already"
            raise DeclarationError(problem, hint="give each check a name of its own")
        if not seconds > 0:
            problem = f"health check {name!r} may take {seconds} seconds"
            raise DeclarationError(problem, hint="give it a time above 0")
        self._checks[name] = Check(name, function, timeout=seconds, monitor=self._monitor)

    def run(self) -> Report:
        """Run every check at the same time, each within its own time."""
        ends = {check: check.begin() for check in self._checks.values()}
        for check, end in ends.items():
            wait((end,), timeout=check.left())
        return self._report()

    async def run_async(self) -> Report:
        """Run every check as `run` does, without holding the event loop.

        Asynchronous checks run in this loop, where their connections belong.
        """
        loop = asyncio.get_running_loop()
        ends = {check: check.begin(loop) for check in self._checks.values()}
        await asyncio.gather(*(_within(check, end) for check, end in ends.items()))
        return self._report()

    def alive(self) -> Report:
        """Report without asking anything: that there is an answer is the answer."""
        return Report(version=self.version, checks={}, time=datetime.now(UTC))

    def _report(self) -> Report:
        results = {name: check.result() for name, check in self._checks.items()}
        now = datetime.now(UTC)
        return Report(version=self.version, checks=results, ready=self.accepting, time=now)


async def _within(check: Check, end: Future[Result]) -> None:
    """Wait for the end of a run, but not beyond its time."""
    waiting = asyncio.wrap_future(end)
    await asyncio.wait((waiting,), timeout=check.left())
    waiting.cancel()  # only the waiting: the run itself cannot be cancelled
