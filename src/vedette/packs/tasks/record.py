"""Record the tasks of a worker: what the integrations of queues call."""

from vedette.packs.tasks import metrics
from vedette.sdk.monitor import Monitor, default_monitor
from vedette.sdk.rows import Cell, Rows

_OTHER = "ignored"


class Tasks:
    """The tasks that one worker runs; make it once and keep it.

    Args:
        monitor: Whose instruments; the process's own unless given.
    """

    def __init__(self, *, monitor: Monitor | None = None) -> None:
        chosen = monitor or default_monitor()
        self._in_progress = chosen.gauge(metrics.IN_PROGRESS)
        waited = (Cell(metric=metrics.WAIT_SECONDS, value="waited"),)
        self._begun = Rows(chosen, ("task",), waited)
        over = (
            Cell(metric=metrics.TASKS, value=1),
            Cell(metric=metrics.SECONDS, value="seconds"),
        )
        self._ended = Rows(chosen, ("task", "state"), over)
        self._not_run = Rows(chosen, ("task", "state"), over[:1])

    def began(self, task: str, *, waited: float | None = None) -> None:
        """Record that a run begins.

        Args:
            task: The task's name.
            waited: Seconds that it stood in the queue; None where that is not known.
        """
        self._in_progress.labels(task).inc()
        self._begun(task)(None if waited is None else max(0.0, waited))

    def ended(self, task: str, *, state: str, seconds: float) -> None:
        """Record how a run that began has ended.

        Args:
            task: The task's name.
            state: One of `metrics.STATES`; another one counts as ignored.
            seconds: How long it took.
        """
        self._in_progress.labels(task).dec()
        self._ended(task, state if state in metrics.STATES else _OTHER)(seconds)

    def lost(self, task: str, *, state: str) -> None:
        """Record a run that ended without a word: revoked, or its process was killed.

        Args:
            task: The task's name.
            state: One of `metrics.STATES`; another one counts as ignored.
        """
        self._not_run(task, state if state in metrics.STATES else _OTHER)()
