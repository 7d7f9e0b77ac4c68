"""When Ray Serve needs a person."""

from vedette.model.alert import Alert
from vedette.packs.ray import runbooks, thresholds
from vedette.packs.ray.metrics import CALLS, ERRORS, HEALTHY, QUEUED

_BY = "by (module, owner, application, deployment)"
_WHERE = "{{ $labels.deployment }} of {{ $labels.application }}"
# Calls are those that did not fail; where all fail, there are none.
_FAILED = f"sum {_BY} (rate({ERRORS}[5m]))"

ALERTS = (
    Alert(
        name="RayServeReplicaUnhealthy",
        expr=f"{HEALTHY} == 0",
        hold="3m",
        severity="page",
        summary=f"A replica of {_WHERE} is unhealthy",
        description=(
            "{{ $labels.replica }} has failed its health check for 3 minutes: "
            f"{HEALTHY} is {{{{ $value }}}}, expected 1."
        ),
        runbook=runbooks.UNHEALTHY,
    ),
    Alert(
        name="RayServeErrors",
        expr=(
            f"{_FAILED}\n"
            f"  / ((sum {_BY} (rate({CALLS}[5m])) or 0 * {_FAILED}) + {_FAILED})\n"
            f"  > {thresholds.ERRORS}"
        ),
        hold="5m",
        severity="page",
        summary=f"Requests to {_WHERE} fail",
        description=(
            "{{ $value | humanizePercentage }} of the requests of the last 5 minutes raised; "
            f"the limit is {thresholds.ERRORS:human}."
        ),
        runbook=runbooks.ERRORS,
    ),
    Alert(
        name="RayServeQueueBacklog",
        expr=f"sum {_BY} ({QUEUED}) > {thresholds.QUEUE}",
        hold="5m",
        severity="ticket",
        summary=f"Requests to {_WHERE} pile up",
        description=(
            '{{ $value | printf "%.0f" }} requests have waited for 5 minutes; '
            f"the limit is {thresholds.QUEUE:human}."
        ),
        runbook=runbooks.QUEUE,
    ),
)
