"""When a health check needs a person."""

from vedette.model.alert import Alert
from vedette.packs.health import runbooks
from vedette.packs.health.metrics import PASSING

ALERTS = (
    Alert(
        name="HealthCheckFailing",
        expr=f"{PASSING} == 0",
        hold="2m",
        severity="ticket",
        summary="Check {{ $labels.check }} of {{ $labels.module }} fails",
        description=(
            "At {{ $labels.instance }} every run for 2 minutes failed or hung: "
            f"{PASSING} is {{{{ $value }}}}, expected 1."
        ),
        runbook=runbooks.HEALTH_CHECK_FAILING,
    ),
)
