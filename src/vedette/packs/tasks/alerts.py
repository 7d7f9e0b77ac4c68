"""When the tasks of a queue need a person."""

from vedette.model.alert import Alert
from vedette.packs.tasks import runbooks
from vedette.packs.tasks.metrics import TASKS, WAIT_SECONDS
from vedette.packs.tasks.thresholds import FAILURES, WAIT

_BY_TASK = "by (module, owner, task)"

ALERTS = (
    Alert(
        name="TasksFailing",
        expr=(
            f'sum {_BY_TASK} (rate({TASKS}{{state="failure"}}[5m]))\n'
            f'  / sum {_BY_TASK} (rate({TASKS}{{state=~"success|failure"}}[5m]))\n'
            f"  > {FAILURES}"
        ),
        hold="5m",
        severity="ticket",
        summary="Task {{ $labels.task }} of {{ $labels.module }} fails",
        description=(
            "{{ $value | humanizePercentage }} of the runs that ended in the last 5 minutes "
            f"failed; the limit is {FAILURES:human}."
        ),
        runbook=runbooks.TASKS_FAILING,
    ),
    Alert(
        name="TasksWaiting",
        expr=(
            "histogram_quantile(0.95, sum by (module, owner, task, le) "
            f"(rate({WAIT_SECONDS.bucket}[5m])))\n"
            f"  > {WAIT}"
        ),
        hold="5m",
        severity="ticket",
        summary="Task {{ $labels.task }} of {{ $labels.module }} waits long in the queue",
        description=(
            "The 95th percentile of the waiting time in the last 5 minutes is "
            f"{{{{ $value | humanizeDuration }}}}; the limit is {WAIT:human}."
        ),
        runbook=runbooks.TASKS_WAITING,
    ),
)
