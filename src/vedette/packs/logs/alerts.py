"""When what is logged needs a person."""

from vedette.model.alert import Alert
from vedette.packs.logs import runbooks
from vedette.packs.logs.metrics import MESSAGES
from vedette.packs.logs.thresholds import ERRORS

ALERTS = (
    Alert(
        name="LogErrors",
        expr=(
            "sum by (module, owner) "
            f'(rate({MESSAGES}{{level=~"ERROR|CRITICAL"}}[5m]))\n'
            f"  > {ERRORS}"
        ),
        hold="5m",
        severity="ticket",
        summary="{{ $labels.module }} logs many errors",
        description=(
            '{{ $value | printf "%.2f" }} errors per second over the last 5 minutes; '
            f"the limit is {ERRORS:human}."
        ),
        runbook=runbooks.LOG_ERRORS,
    ),
)
