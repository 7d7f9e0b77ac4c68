"""When a job needs a person."""

from vedette.model.alert import Alert
from vedette.model.job import LAST_FAILED
from vedette.packs.jobs import runbooks

ALERTS = (
    Alert(
        name="JobFailed",
        expr=f"{LAST_FAILED} == 1",
        severity="ticket",
        summary="The last run of the job {{ $labels.module }} failed",
        description=(
            "It raised, was stopped or fell silent; its value is {{ $value }}, expected 0. "
            "The next run that succeeds ends this."
        ),
        runbook=runbooks.JOB_FAILED,
    ),
)
