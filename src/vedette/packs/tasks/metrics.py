"""Tasks that a queue hands to workers: the names are contracts."""

from vedette.model.metric import Metric

STATES = ("success", "failure", "retry", "revoked", "rejected", "ignored")

TASKS = Metric(
    name="tasks_total",
    kind="counter",
    help="Runs of tasks by how they ended; a run that is to be tried again ends as retry.",
    labels=("task", "state"),
    values={"state": STATES},
)
SECONDS = Metric(
    name="task_duration_seconds",
    kind="histogram",
    help="Time that one run of a task took.",
    unit="seconds",
    labels=("task",),
    buckets=(
        *(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0),
        *(300.0, 900.0, 3600.0),
    ),
)
WAIT_SECONDS = Metric(
    name="task_queue_wait_seconds",
    kind="histogram",
    help="Time from the sending of a task, or from when it was due, to the start of its run.",
    unit="seconds",
    labels=("task",),
    buckets=(
        *(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0),
        *(120.0, 300.0, 900.0, 3600.0),
    ),
)
IN_PROGRESS = Metric(
    name="tasks_in_progress",
    kind="gauge",
    help="Runs of tasks that are under way.",
    labels=("task",),
    range=(0, float("inf")),
)

METRICS = (TASKS, SECONDS, WAIT_SECONDS, IN_PROGRESS)
