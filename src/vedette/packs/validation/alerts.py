"""When incoming data needs a person."""

from vedette.model.alert import Alert
from vedette.packs.validation import runbooks
from vedette.packs.validation.metrics import CHECKS
from vedette.packs.validation.thresholds import FAILURES

_BY_CHECK = "by (module, owner, check_name)"

ALERTS = (
    Alert(
        name="DataCheckFailing",
        expr=(
            f'sum {_BY_CHECK} (rate({CHECKS}{{status="failure"}}[5m]))\n'
            f"  / sum {_BY_CHECK} (rate({CHECKS}[5m]))\n"
            f"  > {FAILURES}"
        ),
        hold="2m",
        severity="ticket",
        summary="Data fails the check {{ $labels.check_name }} of {{ $labels.module }}",
        description=(
            "{{ $value | humanizePercentage }} of its runs of the last 5 minutes failed; "
            f"the limit is {FAILURES:human}."
        ),
        runbook=runbooks.DATA_CHECK_FAILING,
    ),
)
