"""Celery: count and time the tasks of a worker, and how long they stood in the queue."""

import sys
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from vedette.model.integration import Integration

if TYPE_CHECKING:
    from vedette.packs.tasks.record import Tasks
    from vedette.sdk.monitor import Monitor

INTEGRATION = Integration(
    title="Celery",
    library="celery",
    summary="Tasks by name and state, their time, their wait in the queue, what is in progress.",
    packs=("tasks",),
    example="""\
from celery import Celery
from vedette.integrations.celery import instrument

instrument(port=9808)
app = Celery("shop", broker="memory://")
""",
)
_SENT = "vedette_sent"
_ALONE = ("solo", "threads", "gevent", "eventlet")
_watches: "dict[int, _Watch]" = {}


def instrument(
    app: Any = None, monitor: "Monitor | None" = None, *, port: int | None = None
) -> None:
    """Record the tasks of one Celery application, or of all in this process.

    Call it where the application is made, so that those who send tasks do it, too: how long
    a task stood in the queue is known from a header that its sender adds. The processes of a
    prefork worker share what they record. A second call changes nothing.

    Args:
        app: The application; every one of this process unless given.
        monitor: Whose instruments; the process's own unless given.
        port: Where a worker's main process serves the metrics; None where something else does.
    """
    if id(app) in _watches:
        return
    if monitor is None and several_processes(sys.argv[1:]):
        from vedette.sdk.sharing import share

        share()
    watch = _watches[id(app)] = _Watch(app, monitor)
    watch.connect(port)


def several_processes(arguments: Sequence[str]) -> bool:
    """Say whether a command line of Celery starts a worker that forks.

    Args:
        arguments: What stands behind the program's name.
    """
    text = " ".join(arguments)
    chosen = any(
        f"{flag}{pool}" in text for flag in ("-P ", "-P", "--pool=", "--pool ") for pool in _ALONE
    )
    return "worker" in arguments and not chosen


class _Watch:
    """Listens to Celery's signals.

    Args:
        app: Whose tasks; None for those of every application.
        monitor: Whose instruments.
    """

    def __init__(self, app: Any, monitor: "Monitor | None") -> None:
        self._app = app
        self._monitor = monitor
        self._made: Tasks | None = None
        self._began: dict[str, float] = {}
        self._receivers: dict[Any, Any] = {}

    def connect(self, port: int | None) -> None:
        """Listen from now on."""
        from celery import signals

        self._receivers = {
            signals.before_task_publish: self._sent,
            signals.task_prerun: self._started,
            signals.task_postrun: self._ended,
            signals.task_failure: self._failed,
            signals.task_revoked: self._revoked,
            signals.worker_ready: lambda **_: self._serve(port),
        }
        for signal, receiver in self._receivers.items():
            signal.connect(receiver, weak=False)

    def disconnect(self) -> None:
        """Listen no longer."""
        for signal, receiver in self._receivers.items():
            signal.disconnect(receiver)

    @property
    def _tasks(self) -> "Tasks":
        """The recorder; made late, so that nothing is recorded before a worker has forked."""
        if self._made is None:
            from vedette.packs.tasks.record import Tasks

            self._made = Tasks(monitor=self._monitor)
        return self._made

    def _mine(self, task: Any) -> bool:
        return self._app is None or getattr(task, "app", None) is self._app

    def _sent(self, headers: dict[str, Any] | None = None, **_: Any) -> None:
        if headers is not None:
            headers.setdefault(_SENT, time.time())

    def _started(self, task_id: str, task: Any, **_: Any) -> None:
        if self._mine(task):
            self._began[task_id] = time.perf_counter()
            self._tasks.began(task.name, waited=_waited(task.request))

    def _ended(self, task_id: str, task: Any, state: str | None = None, **_: Any) -> None:
        began = self._began.pop(task_id, None)
        if began is not None:
            seconds = time.perf_counter() - began
            self._tasks.ended(task.name, state=str(state).lower(), seconds=seconds)

    def _failed(self, task_id: str, sender: Any = None, **_: Any) -> None:
        """Count a run whose process was killed: the worker's main process says so."""
        if task_id not in self._began and self._mine(sender):
            self._tasks.lost(sender.name, state="failure")

    def _revoked(self, sender: Any = None, **_: Any) -> None:
        if self._mine(sender):
            self._tasks.lost(getattr(sender, "name", "unknown"), state="revoked")

    def _serve(self, port: int | None) -> None:
        from vedette.sdk.monitor import default_monitor
        from vedette.sdk.server import start_monitoring_server
        from vedette.sdk.sharing import forget_the_dead

        monitor = self._monitor or default_monitor()
        monitor.before_expose(forget_the_dead)
        if port is not None:
            start_monitoring_server(port, monitor=monitor)


def _waited(request: Any) -> float | None:
    """Return how long a task stood in the queue, from when it was sent or due."""
    sent = request.get(_SENT)
    if sent is None:
        return None
    return time.time() - max(float(sent), _due(request.get("eta")))


def _due(eta: str | None) -> float:
    from datetime import datetime

    return datetime.fromisoformat(eta).timestamp() if eta else 0.0
