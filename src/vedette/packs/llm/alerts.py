"""When a language model needs a person."""

from vedette.model.alert import Alert
from vedette.packs.llm import runbooks
from vedette.packs.llm.metrics import GENERATED, LATENCY, REQUESTS
from vedette.packs.llm.thresholds import LATENCY_LIMIT, THROUGHPUT_LEAST

_BY_MODEL = "by (module, owner, model)"
# A model without a name is the only one of its module.
_WHERE = (
    "{{ if $labels.model }}{{ $labels.model }} of {{ $labels.module }}"
    "{{ else }}{{ $labels.module }}{{ end }}"
)

ALERTS = (
    Alert(
        name="HighInferenceLatency",
        expr=(
            "histogram_quantile(0.95, sum by (module, owner, model, le) "
            f"(rate({LATENCY.bucket}[5m])))\n"
            f"  > {LATENCY_LIMIT}"
        ),
        hold="5m",
        severity="ticket",
        summary=f"{_WHERE} answers slowly",
        description=(
            "The 95th percentile of the answers of the last 5 minutes is "
            f'{{{{ $value | printf "%.0f" }}}} ms; the limit is {LATENCY_LIMIT:human}.'
        ),
        runbook=runbooks.HIGH_INFERENCE_LATENCY,
    ),
    Alert(
        name="LowThroughput",
        expr=(
            f"sum {_BY_MODEL} (rate({GENERATED}[5m]))\n"
            f"  < {THROUGHPUT_LEAST}\n"
            f"  and sum {_BY_MODEL} (rate({REQUESTS}[5m])) > 0"
        ),
        hold="10m",
        severity="ticket",
        summary=f"{_WHERE} produces few tokens",
        description=(
            'It produced {{ $value | printf "%.1f" }} tokens per second over the last 5 minutes, '
            f"while requests arrived; expected at least {THROUGHPUT_LEAST:human} per second."
        ),
        runbook=runbooks.LOW_THROUGHPUT,
    ),
)
