"""The limits of this pack that a user may set."""

from vedette.model.threshold import Threshold

FAILURES = Threshold(
    name="task_failure_ratio",
    default=0.05,
    unit="ratio",
    help="Share of a task's finished runs that fail beyond which TasksFailing fires.",
    source="our choice: as http_error_ratio",
    maximum=1.0,
)
WAIT = Threshold(
    name="task_queue_wait_p95_seconds",
    default=60.0,
    unit="seconds",
    help="95th percentile of a task's time in the queue beyond which TasksWaiting fires.",
    source="our choice: a queue that is a minute behind has too few workers; set your own",
)

THRESHOLDS = (FAILURES, WAIT)
