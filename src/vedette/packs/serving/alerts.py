"""When a served model needs a person."""

from vedette.model.alert import Alert
from vedette.packs.serving import runbooks
from vedette.packs.serving.metrics import (
    CONFIDENCE,
    INFERENCE_SECONDS,
    INFERENCES,
    LOADED,
)
from vedette.packs.serving.thresholds import (
    CONFIDENCE_MINIMUM,
    INFERENCE_ERRORS,
    INFERENCE_LATENCY,
)

_BY_MODEL = "by (module, owner, model)"
_MODEL = "{{ $labels.model }} of {{ $labels.module }}"

ALERTS = (
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
