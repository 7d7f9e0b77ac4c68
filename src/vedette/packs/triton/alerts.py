"""When Triton needs a person."""

from vedette.model.alert import Alert
from vedette.packs.triton import runbooks, thresholds
from vedette.packs.triton.metrics import FAILED, QUEUE_TIME, REQUEST_TIME, SUCCEEDED

_BY_MODEL = "by (module, owner, model)"
_WHERE = "{{ $labels.model }} of {{ $labels.module }}"
# Who hangs up is no failure of the server.
_FAILURES = f'sum {_BY_MODEL} (rate({FAILED}{{reason!="CANCELED"}}[5m]))'

ALERTS = (
    Alert(
        name="TritonFailures",
        expr=(
            f"{_FAILURES}\n"
            f"  / (sum {_BY_MODEL} (rate({SUCCEEDED}[5m])) + {_FAILURES})\n"
            f"  > {thresholds.FAILURES}"
        ),
        hold="5m",
        severity="page",
        summary=f"Requests to {_WHERE} fail",
        description=(
            "{{ $value | humanizePercentage }} of the requests of the last 5 minutes failed; "
            f"the limit is {thresholds.FAILURES:human}."
        ),
        runbook=runbooks.FAILURES,
    ),
    Alert(
        name="TritonQueue",
        expr=(
            f"sum {_BY_MODEL} (rate({QUEUE_TIME}[5m]))\n"
            f"  / sum {_BY_MODEL} (rate({REQUEST_TIME}[5m]))\n"
            f"  > {thresholds.QUEUE}"
        ),
        hold="10m",
        severity="ticket",
        summary=f"Requests to {_WHERE} mostly wait",
        description=(
            "{{ $value | humanizePercentage }} of the time of the requests of the last 5 minutes "
            f"was waiting; the limit is {thresholds.QUEUE:human}."
        ),
        runbook=runbooks.QUEUE,
    ),
)
