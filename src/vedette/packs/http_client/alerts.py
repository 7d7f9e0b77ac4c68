"""When a service that ours depends on needs a person."""

from vedette.model.alert import Alert
from vedette.packs.http_client import runbooks
from vedette.packs.http_client.metrics import REQUESTS
from vedette.packs.http_client.thresholds import FAILURES

_BY = "by (module, owner, host)"

ALERTS = (
    Alert(
        name="OutgoingRequestsFailing",
        expr=(
            f'sum {_BY} (rate({REQUESTS}{{status=~"5..|429|error"}}[5m]))\n'
            f"  / sum {_BY} (rate({REQUESTS}[5m]))\n"
            f"  > {FAILURES}"
        ),
        hold="5m",
        severity="ticket",
        summary="{{ $labels.host }} fails {{ $labels.module }}",
        description=(
            "{{ $value | humanizePercentage }} of the requests of the last 5 minutes were refused, "
            f"answered with a server error or not at all; the limit is {FAILURES:human}."
        ),
        runbook=runbooks.OUTGOING_REQUESTS_FAILING,
    ),
)
