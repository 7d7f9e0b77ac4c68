"""When a load test needs a person."""

from vedette.model.alert import Alert
from vedette.packs.load import runbooks
from vedette.packs.load.metrics import REQUESTS
from vedette.packs.load.thresholds import FAILURES

_BY_NAME = "by (job, module, owner, name)"

ALERTS = (
    Alert(
        name="LoadTestFailing",
        expr=(
            f'sum {_BY_NAME} (rate({REQUESTS}{{status="failure"}}[2m]))\n'
            f"  / sum {_BY_NAME} (rate({REQUESTS}[2m]))\n"
            f"  > {FAILURES}"
        ),
        hold="2m",
        severity="ticket",
        summary="Requests of the load test to {{ $labels.name }} fail",
        description=(
            "{{ $value | humanizePercentage }} of those of the last 2 minutes failed; "
            f"the limit is {FAILURES:human}."
        ),
        runbook=runbooks.LOAD_TEST_FAILING,
    ),
)
