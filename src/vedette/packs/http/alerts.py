"""When an HTTP service needs a person."""

from vedette.model.alert import Alert
from vedette.packs.http import runbooks
from vedette.packs.http.metrics import REQUEST_SECONDS, REQUESTS
from vedette.packs.http.thresholds import (
    HTTP_ERRORS,
    HTTP_ERRORS_LEAST,
    HTTP_ERRORS_PER_SECOND,
    HTTP_LATENCY,
)

# Asked by machines, all day long: they would hide what people get to see.
_FOR_PEOPLE = 'endpoint!~"/metrics|/health|/ready|/live"'
_FAILED = f'{_FOR_PEOPLE}, status=~"5.."'
_BY_MODULE = "by (module, owner)"

ALERTS = (
    Alert(
        name="HighErrorRate",
        expr=(
            f"sum {_BY_MODULE} (rate({REQUESTS}{{{_FAILED}}}[2m]))\n  > {HTTP_ERRORS_PER_SECOND}"
        ),
        hold="2m",
        severity="ticket",
        summary="{{ $labels.module }} answers with server errors",
        description=(
            '{{ $value | printf "%.2f" }} server errors per second over the last 2 minutes; '
            f"the limit is {HTTP_ERRORS_PER_SECOND:human}."
        ),
        runbook=runbooks.HIGH_ERROR_RATE,
    ),
    Alert(
        name="HighErrorShare",
        expr=(
            f"sum {_BY_MODULE} (rate({REQUESTS}{{{_FAILED}}}[5m]))\n"
            f"  / sum {_BY_MODULE} (rate({REQUESTS}{{{_FOR_PEOPLE}}}[5m]))\n"
            f"  > {HTTP_ERRORS}\n"
            f"  and round(sum {_BY_MODULE} (increase({REQUESTS}{{{_FAILED}}}[5m])))"
            f" >= {HTTP_ERRORS_LEAST}"
        ),
        hold="5m",
        severity="page",
        summary="{{ $labels.module }} fails too large a share of its requests",
        description=(
            "{{ $value | humanizePercentage }} of the requests of the last 5 minutes were "
            f"answered with a server error; the limit is {HTTP_ERRORS:human}."
        ),
        runbook=runbooks.HIGH_ERROR_SHARE,
    ),
    Alert(
        name="HighLatency",
        expr=(
            "histogram_quantile(0.95, sum by (module, owner, endpoint, le) "
            f"(rate({REQUEST_SECONDS.bucket}{{{_FOR_PEOPLE}}}[5m])))\n"
            f"  > {HTTP_LATENCY}"
        ),
        hold="5m",
        severity="ticket",
        summary="{{ $labels.endpoint }} of {{ $labels.module }} is slow",
        description=(
            "The 95th percentile of the last 5 minutes is {{ $value | humanizeDuration }}; "
            f"the limit is {HTTP_LATENCY:human}."
        ),
        runbook=runbooks.HIGH_LATENCY,
    ),
    Alert(
        name="NoTraffic",
        expr=(
            f"sum {_BY_MODULE} (rate({REQUESTS}{{{_FOR_PEOPLE}}}[5m])) == 0\n"
            f"  and sum {_BY_MODULE} (rate({REQUESTS}{{{_FOR_PEOPLE}}}[1h] offset 5m)) > 0"
        ),
        hold="5m",
        severity="ticket",
        summary="{{ $labels.module }} gets no requests any more",
        description=(
            "{{ $value | humanize }} requests per second in the last 5 minutes, after "
            "traffic in the hour before."
        ),
        runbook=runbooks.NO_TRAFFIC,
    ),
)
