"""When a served model needs a person."""

from vedette.model.alert import Alert
from vedette.packs.serving import runbooks
from vedette.packs.serving.metrics import (
    CONFIDENCE,
    INFERENCE_SECONDS,
    INFERENCES,
    LOADED,
    REQUEST_SECONDS,
    REQUESTS,
)
from vedette.packs.serving.thresholds import (
    CONFIDENCE_MINIMUM,
    HTTP_ERRORS,
    HTTP_LATENCY,
    INFERENCE_ERRORS,
    INFERENCE_LATENCY,
)

# Asked by machines, all day long: they would hide what people get to see.
_FOR_PEOPLE = 'endpoint!~"/metrics|/health|/ready|/live"'
_BY_MODULE = "by (module, owner)"
_BY_MODEL = "by (module, owner, model)"
_MODEL = "{{ $labels.model }} of {{ $labels.module }}"

ALERTS = (
    Alert(
        name="HighErrorRate",
        expr=(
            f'sum {_BY_MODULE} (rate({REQUESTS}{{status=~"5.."}}[2m]))\n'
            f"  / sum {_BY_MODULE} (rate({REQUESTS}[2m]))\n"
            f"  > {HTTP_ERRORS}"
        ),
        hold="2m",
        severity="page",
        summary="{{ $labels.module }} answers with server errors",
        description=(
            "{{ $value | humanizePercentage }} of the requests of the last 2 minutes failed; "
            f"the limit is {HTTP_ERRORS:human}."
        ),
        runbook=runbooks.HIGH_ERROR_RATE,
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
    Alert(
        name="ModelNotLoaded",
        expr=f"{LOADED} == 0",
        hold="1m",
        severity="page",
        summary=f"{_MODEL} is not loaded",
        description=(
            "The model cannot answer at {{ $labels.instance }}: "
            f"{LOADED} is {{{{ $value }}}}, expected 1."
        ),
        runbook=runbooks.MODEL_NOT_LOADED,
    ),
    Alert(
        name="ModelErrors",
        expr=(
            f'sum {_BY_MODEL} (rate({INFERENCES}{{status="error"}}[2m]))\n'
            f"  / sum {_BY_MODEL} (rate({INFERENCES}[2m]))\n"
            f"  > {INFERENCE_ERRORS}"
        ),
        hold="2m",
        severity="ticket",
        summary=f"{_MODEL} fails",
        description=(
            "{{ $value | humanizePercentage }} of the inferences of the last 2 minutes failed; "
            f"the limit is {INFERENCE_ERRORS:human}."
        ),
        runbook=runbooks.MODEL_ERRORS,
    ),
    Alert(
        name="SlowInference",
        expr=(
            "histogram_quantile(0.95, sum by (module, owner, model, le) "
            f"(rate({INFERENCE_SECONDS.bucket}[5m])))\n"
            f"  > {INFERENCE_LATENCY}"
        ),
        hold="5m",
        severity="ticket",
        summary=f"{_MODEL} is slow",
        description=(
            "The 95th percentile of the inferences of the last 5 minutes is "
            f"{{{{ $value | humanizeDuration }}}}; the limit is {INFERENCE_LATENCY:human}."
        ),
        runbook=runbooks.SLOW_INFERENCE,
    ),
    Alert(
        name="LowConfidence",
        expr=(
            f"sum {_BY_MODEL} (rate({CONFIDENCE.sum}[5m]))\n"
            f"  / sum {_BY_MODEL} (rate({CONFIDENCE.count}[5m]))\n"
            f"  < {CONFIDENCE_MINIMUM}"
        ),
        hold="5m",
        severity="ticket",
        summary=f"{_MODEL} is unsure of its predictions",
        description=(
            "The mean confidence of the last 5 minutes is {{ $value | humanizePercentage }}; "
            f"expected at least {CONFIDENCE_MINIMUM:human}."
        ),
        runbook=runbooks.LOW_CONFIDENCE,
    ),
)
