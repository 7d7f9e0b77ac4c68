"""When the users of a product are not served."""

from vedette.model.alert import Alert
from vedette.packs.business import runbooks
from vedette.packs.business.metrics import OPERATIONS
from vedette.packs.business.thresholds import SUCCESS

_BY = "by (module, owner, operation)"

ALERTS = (
    Alert(
        name="LowSuccessRate",
        # A share of fewer than ten attempts says more about chance than about the product.
        expr=(
            f'sum {_BY} (increase({OPERATIONS}{{status="success"}}[15m]))\n'
            f"  / (sum {_BY} (increase({OPERATIONS}[15m])) >= 10)\n"
            f"  < {SUCCESS}"
        ),
        hold="5m",
        severity="ticket",
        summary="{{ $labels.operation }} of {{ $labels.module }} often fails",
        description=(
            "{{ $value | humanizePercentage }} of the attempts of the last 15 minutes worked out; "
            f"expected at least {SUCCESS:human}."
        ),
        runbook=runbooks.LOW_SUCCESS_RATE,
    ),
)
