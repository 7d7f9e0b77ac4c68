"""Jobs that end: what they recorded is handed to the running stack when they leave.

A job of three seconds, a cron job, a notebook: none lives long enough to be scraped.
"""

import atexit
import functools
import inspect
import logging
import os
import signal
import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any, Literal, Self, TypeVar

from vedette.errors import DeclarationError
from vedette.model.job import TAKEN
from vedette.sdk import handover, handover_values, leaving
from vedette.sdk.handover import Delivery, Parcel
from vedette.sdk.monitor import Monitor, default_monitor

F = TypeVar("F", bound=Callable[..., Any])
Status = Literal["running", "success", "failed"]
_FORMAT = 1
_LONGEST = 100

_log = logging.getLogger("vedette")
_lock = threading.Lock()
# The jobs that run; a child process inherits the list, and knows them by their pid.
_open: "list[Job]" = []


@dataclass(kw_only=True)
class _Run:
    """One run of a job, in the process that began it."""

    before: handover_values.Values
    values: bool
    # The job may go elsewhere; its stack is that of where it began.
    folder: Path = field(default_factory=handover.here)
    id: str = field(default_factory=lambda: uuid.uuid4().hex)
    number: int = 0
    began: float = field(default_factory=time.monotonic)
    pid: int = field(default_factory=os.getpid)
    over: threading.Event = field(default_factory=threading.Event)
    speaking: threading.Lock = field(default_factory=threading.Lock)
    kept: Delivery | None = None


class Job:
    """One job; as a context manager or a decorator each run of it begins and ends by itself.

    What is recorded while it runs, on its monitor, is handed to the stack under the job's
    name, which becomes the labels `module` and `job`. Counters and histograms of its runs add
    up; of a gauge the value of the last run stays. A run fails where its block raises, also
    by Ctrl-C, SIGTERM or `sys.exit` with another code than 0, or where nobody closes it.

    Args:
        name: What it is called, the same in every run.
        monitor: Whose values; the process's own unless given. Two jobs that run at the same
            time in one process need a monitor each.
        labels: Further labels of all its values.

    Raises:
        DeclarationError: the name is no text, or a label is one of the stack's own.
    """

    def __init__(self, name: str, *, monitor: Monitor | None = None, **labels: object) -> None:
        _check(name, labels)
        self.name = name
        self.monitor = monitor or default_monitor()
        self._labels = {label: str(value) for label, value in labels.items()}
        self._run: _Run | None = None

    def start(self) -> Self:
        """Begin a run; for notebooks, where no block can be around the work."""
        try:
            if self.runs():
                _log.warning("the job %r runs already; close it before it starts anew", self.name)
            else:
                self._begin()
        except Exception as fault:  # noqa: BLE001 - a broken monitor never breaks the program
            _log.warning("vedette cannot watch the job %r: %s", self.name, fault)
        return self

    def close(self, status: Literal["success", "failed"] = "success") -> None:
        """End the run, and hand over what it recorded.

        The wait is bounded by the setting `handover_seconds`. What the stack does not take by
        then is kept in a file, and taken once it runs.
        """
        run, self._run = self._run, None
        if run is None or run.pid != os.getpid():  # a child of the job's process is no job
            return
        try:
            run.over.set()
            leaving.leaves(self.monitor, failed=status == "failed")
            self._speak(run, status)
        except Exception as fault:  # noqa: BLE001 - a broken monitor never breaks the program
            _log.warning("vedette lost what the job %r recorded: %s", self.name, fault)
        finally:
            self._leave()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        raised: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        calm = raised is None or (isinstance(raised, SystemExit) and raised.code in {None, 0})
        self.close("success" if calm else "failed")

    def __call__(self, function: F) -> F:
        """Make each call of a function, sync or async, a run of the job."""
        if inspect.iscoroutinefunction(function):

            @functools.wraps(function)
            async def awaited(*args: Any, **named: Any) -> Any:
                with self._another():
                    return await function(*args, **named)

            return awaited  # type: ignore[return-value]  # it is called as the function is

        @functools.wraps(function)
        def called(*args: Any, **named: Any) -> Any:
            with self._another():
                return function(*args, **named)

        return called  # type: ignore[return-value]  # it is called as the function is

    def runs(self) -> bool:
        """Say whether a run of it is under way in this process."""
        return self._run is not None and self._run.pid == os.getpid()

    def gives(self, monitor: Monitor) -> bool:
        """Say whether a run of it hands over the values of this monitor."""
        return self.runs() and self.monitor is monitor and self._run.values  # type: ignore[union-attr]  # it runs

    def _another(self) -> "Job":
        return Job(self.name, monitor=self.monitor, **self._labels)

    def _begin(self) -> None:
        with _lock:
            alone = not any(other.gives(self.monitor) for other in _open)
            self._run = run = _Run(before=self._values(), values=alone)
            _open.append(self)
        if not alone:
            words = "the job %r hands over no values: another job runs on its monitor"
            _log.warning(words, self.name)
        _mind_signals()
        every = handover.known_settings().handover_every
        if every > 0:
            threading.Thread(target=self._report, args=(run, every), daemon=True).start()

    def _report(self, run: _Run, every: float) -> None:
        """Hand over what there is so far, so that a job that is killed has not run in vain."""
        while not run.over.wait(every):
            try:
                self._speak(run, "running")
            except Exception as fault:  # noqa: BLE001 - the next time may do better
                _log.warning("vedette cannot hand over for the job %r: %s", self.name, fault)

    def _speak(self, run: _Run, status: Status) -> None:
        end = time.monotonic() + handover.known_settings().handover_seconds
        # A report that is on its way may hang; both together wait no longer than the setting.
        free = run.speaking.acquire(timeout=max(0.0, end - time.monotonic()) / 2)
        try:
            if status == "running" and run.over.is_set():
                return
            run.number += 1
            parcel = Parcel(
                name=f"{run.id}-{run.number}",
                message=self._message(run, status),
                place=handover.place(run.folder),
                seconds=max(0.0, end - time.monotonic()),
            )
            delivery = handover.hand_over(parcel)
            _supersede(run, delivery)
        finally:
            if free:
                run.speaking.release()

    def _message(self, run: _Run, status: Status) -> dict[str, Any]:
        return {
            "format": _FORMAT,
            "id": run.id,
            "number": run.number,
            "job": self.name,
            "labels": self._labels,
            "status": status,
            "seconds": time.monotonic() - run.began,
            "sent": time.time(),
            "families": handover_values.since(self._values(), run.before) if run.values else [],
        }

    def _values(self) -> handover_values.Values:
        return handover_values.read(self.monitor.expose().body.decode())

    def _leave(self) -> None:
        with _lock:
            _open[:] = [other for other in _open if other is not self]


def job(name: str, *, monitor: Monitor | None = None, **labels: object) -> Job:
    """Return a job: `with vedette.job("nightly"):` or `@vedette.job("nightly")`; see `Job`."""
    return Job(name, monitor=monitor, **labels)


def _check(name: object, labels: dict[str, object]) -> None:
    if not isinstance(name, str) or not name.strip() or len(name) > _LONGEST:
        problem = f"{name!r} is not the name of a job"
        raise DeclarationError(problem, hint=f"give a text of 1 to {_LONGEST} characters")
    wrong = [label for label in labels if label in TAKEN or label.startswith("__")]
    if wrong:
        problem = f"the job {name!r} cannot have the label {wrong[0]!r}"
        hint = f"choose another; {', '.join(TAKEN)} are the stack's own"
        raise DeclarationError(problem, hint=hint)


def _supersede(run: _Run, delivery: Delivery) -> None:
    """Remove the earlier report of a run that was kept: the later one says it all."""
    earlier, run.kept = run.kept, delivery
    safe = delivery.outcome == "taken" or delivery.file is not None
    if earlier and earlier.file and safe and earlier.file != delivery.file:
        earlier.file.unlink(missing_ok=True)


def _mind_signals() -> None:
    """Let SIGTERM end a job as Ctrl-C does, with what it recorded; only where nobody minds it."""
    ours = threading.current_thread() is threading.main_thread()
    if ours and signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:
        signal.signal(signal.SIGTERM, _terminated)


def _terminated(number: int, frame: FrameType | None) -> None:
    del frame
    # No lock: the program may be holding it at this moment.
    if any(each.runs() for each in list(_open)):
        # Raised, not done here: the program may be in the middle of recording something.
        raise SystemExit(128 + number)
    signal.signal(number, signal.SIG_DFL)
    os.kill(os.getpid(), number)


def _close_all() -> None:
    while _open:
        _open.pop().close("failed")


atexit.register(_close_all)
