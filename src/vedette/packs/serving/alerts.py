"""When a served model, or the API before it, needs a person."""

from vedette.model.alert import Alert
from vedette.packs.serving import runbooks
from vedette.packs.serving.metrics import (
    API_REQUESTS,
    API_SECONDS,
    CONFIDENCE,
    INFERENCE_SECONDS,
    INFERENCES,
    LOADED,
)
from vedette.packs.serving.thresholds import (
    API_ERRORS,
    API_ERRORS_LEAST,
    API_LATENCY,
    CONFIDENCE_MINIMUM,
    INFERENCE_ERRORS,
    INFERENCE_LATENCY,
)

# Asked by machines, all day long: they would hide what people get to see.
_FOR_PEOPLE = 'endpoint!~"/metrics|/health|/ready|/live"'
# Status codes, or the word that some programs count instead.
_FAILED = f'{_FOR_PEOPLE}, status=~"5..|error"'
_BY_MODULE = "by (module, owner)"
_BY_MODEL = "by (module, owner, model)"
# A model without a name is the only one of its module.
_MODEL = (
    "{{ if $labels.model }}{{ $labels.model }} of {{ $labels.module }}"
    "{{ else }}{{ $labels.module }}{{ end }}"
)

ALERTS = (
    Alert(
        name="HighApiErrorShare",
        expr=(
            f"sum {_BY_MODULE} (rate({API_REQUESTS}{{{_FAILED}}}[5m]))\n"
            f"  / sum {_BY_MODULE} (rate({API_REQUESTS}{{{_FOR_PEOPLE}}}[5m]))\n"
            f"  > {API_ERRORS}\n"
            f"  and round(sum {_BY_MODULE} (increase({API_REQUESTS}{{{_FAILED}}}[5m])))"
            f" >= {API_ERRORS_LEAST}"
        ),
        hold="5m",
        severity="page",
        summary="The API of {{ $labels.module }} fails too large a share of its requests",
        description=(
            "{{ $value | humanizePercentage }} of the requests of the last 5 minutes failed; "
            f"the limit is {API_ERRORS:human}."
        ),
        runbook=runbooks.HIGH_API_ERROR_SHARE,
    ),
    Alert(
        name="HighApiLatency",
        expr=(
            "histogram_quantile(0.95, sum by (module, owner, endpoint, le) "
            f"(rate({API_SECONDS.bucket}{{{_FOR_PEOPLE}}}[5m])))\n"
            f"  > {API_LATENCY}"
        ),
        hold="5m",
        severity="ticket",
        summary="{{ $labels.endpoint }} of the API of {{ $labels.module }} is slow",
        description=(
            "The 95th percentile of the last 5 minutes is {{ $value | humanizeDuration }}; "
            f"the limit is {API_LATENCY:human}."
        ),
        runbook=runbooks.HIGH_API_LATENCY,
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
