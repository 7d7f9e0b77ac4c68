"""One health check: it runs in a thread, never twice at a time, and nobody waits too long."""

import asyncio
import contextlib
import inspect
import logging
import math
import os
import threading
import time
from asyncio import AbstractEventLoop
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

from vedette.packs.health import metrics
from vedette.sdk.monitor import Monitor

Function = Callable[[], object]

_log = logging.getLogger("vedette")
_FIRST_SECONDS = 0.25


@dataclass(frozen=True, kw_only=True)
class Result:
    """How one run of a check ended.

    Args:
        passing: Whether it passed.
        seconds: How long it took, or has taken so far.
        reason: `failed` or `timed out`; details are only in the log, for strangers may read this.
    """

    passing: bool
    seconds: float
    reason: str = ""


class _Run:
    """One run; others may wait for its end, too."""

    def __init__(self) -> None:
        self.end: Future[Result] = Future()
        self.end.set_running_or_notify_cancel()
        self._began = time.monotonic()
        self._process = os.getpid()

    @property
    def pending(self) -> bool:
        """Whether it goes on; after a fork the runs of the parent do not."""
        return self._process == os.getpid() and not self.end.done()

    @property
    def seconds(self) -> float:
        """For how long it has gone on."""
        return time.monotonic() - self._began


class Check:
    """A question that a service asks itself.

    Args:
        name: What is checked.
        function: Asked without arguments, plain or asynchronous; the check passes unless it
            raises or answers False.
        timeout: Seconds after which a run counts as failed.
        monitor: Whose instruments.
    """

    def __init__(self, name: str, function: Function, *, timeout: float, monitor: Monitor) -> None:
        self.name = name
        self.timeout = timeout
        self._function = function
        self._lock = threading.Lock()
        self._run: _Run | None = None
        self._loop: AbstractEventLoop | None = None
        self._told = ""
        self._last = Result(passing=False, seconds=0.0, reason="timed out")
        self._seconds = monitor.histogram(metrics.SECONDS, check=name)
        self._passing = monitor.gauge(metrics.PASSING, check=name)

        self._passing.follow(self._current)

    def begin(self, loop: AbstractEventLoop | None = None) -> Future[Result]:
        """Start a run, or join the one that goes on: a check that hangs never has a second.

        Args:
            loop: Where an asynchronous function belongs; one of its own unless given.
        """
        self._loop = loop or self._loop
        with self._lock:
            if self._run is None or not self._run.pending:
                run = self._run = _Run()
                name = f"health check {self.name}"
                threading.Thread(
                    target=self._go, args=(run, self._loop), name=name, daemon=True
                ).start()
            return self._run.end

    def left(self) -> float:
        """Return how many seconds the run that goes on may still take; not below 0."""
        return max(0.0, self.timeout - self._run.seconds) if self._run else self.timeout

    def result(self) -> Result:
        """Return how the last run ended; as failed where it goes on beyond its time."""
        run = self._run
        if run is not None and run.end.done():
            self._last = run.end.result()
        elif run is None or run.seconds >= self.timeout:
            seconds = run.seconds if run else 0.0
            self._last = Result(passing=False, seconds=seconds, reason="timed out")
            self._record(self._last, f"no answer within {self.timeout:g} s")
        return self._last

    def _current(self) -> float:
        """Answer a scrape: how the last run ended; and begin the next, so that the metric lives.

        The first scrape waits a moment for the first run. An asynchronous check waits for the
        event loop that its first probe brings.
        """
        if self._loop is None and inspect.iscoroutinefunction(self._function):
            return math.nan if self._run is None else float(self.result().passing)
        first = self._run is None
        last = math.nan if first else float(self.result().passing)
        end = self.begin()
        if not first:
            return last
        with contextlib.suppress(TimeoutError):
            return float(end.result(_FIRST_SECONDS).passing)
        return math.nan

    def _go(self, run: _Run, loop: AbstractEventLoop | None) -> None:
        details = ""
        try:
            passing = _ask(self._function, loop) is not False
        except BaseException as fault:  # noqa: BLE001 - whatever it raises, it has not passed
            passing, details = False, f"{type(fault).__name__}: {fault}"
        reason = "" if passing else "failed"
        result = Result(passing=passing, seconds=run.seconds, reason=reason)
        self._seconds.observe(result.seconds)
        if result.seconds > self.timeout:
            result = Result(passing=False, seconds=result.seconds, reason="timed out")
            details = details or f"it took {result.seconds:.3g} s of {self.timeout:g} s"
        self._record(result, details)
        run.end.set_result(result)

    def _record(self, result: Result, details: str) -> None:
        """Set the gauge, and log the details once per change, not at every look."""
        self._passing.set(float(result.passing))
        told = "" if result.passing else f"{result.reason} {details}".strip()
        if told != self._told:
            self._told = told
            if told:
                _log.warning("health check %s %s", self.name, told)
            else:
                _log.info("health check %s passes again", self.name)


def _ask(function: Function, loop: AbstractEventLoop | None) -> object:
    answer = function()
    if inspect.isroutine(answer):  # as where `gpu` stands for `gpu()`: it would pass for ever
        problem = "it answers with a function: call what makes the check, as in gpu()"
        raise TypeError(problem)
    if not inspect.isawaitable(answer):
        return answer
    if loop is None or not loop.is_running():
        return asyncio.run(_awaited(answer))
    return asyncio.run_coroutine_threadsafe(_awaited(answer), loop).result()


async def _awaited(answer: Any) -> object:
    return await answer
