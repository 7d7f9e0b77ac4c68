"""When vLLM needs a person."""

from vedette.model.alert import Alert
from vedette.packs.vllm import runbooks, thresholds
from vedette.packs.vllm.metrics import KV_CACHE, PREEMPTIONS, REQUESTS, RUNNING, WAITING

_BY_MODEL = "by (module, owner, model_name)"
_WHERE = "{{ $labels.model_name }} of {{ $labels.module }}"

ALERTS = (
    Alert(
        name="VLLMQueueBacklog",
        expr=(
            f"sum {_BY_MODEL} ({WAITING}) > {thresholds.QUEUE}\n"
            f"  and sum {_BY_MODEL} ({WAITING}) > 2 * sum {_BY_MODEL} ({RUNNING})"
        ),
        hold="5m",
        severity="ticket",
        summary=f"Requests to {_WHERE} pile up",
        description=(
            '{{ $value | printf "%.0f" }} requests wait, more than twice as many as run; '
            f"the limit is {thresholds.QUEUE:human}."
        ),
        runbook=runbooks.QUEUE,
    ),
    Alert(
        name="VLLMKVCacheSaturated",
        expr=f"{KV_CACHE} > {thresholds.KV_CACHE}",
        hold="10m",
        severity="ticket",
        summary=f"The KV cache of {_WHERE} is full",
        description=(
            "{{ $value | humanizePercentage }} in use at {{ $labels.instance }} for 10 minutes; "
            f"the limit is {thresholds.KV_CACHE:human}."
        ),
        runbook=runbooks.KV_CACHE,
    ),
    Alert(
        name="VLLMPreemptions",
        expr=f"sum {_BY_MODEL} (rate({PREEMPTIONS}[5m])) > {thresholds.PREEMPTIONS}",
        hold="10m",
        severity="ticket",
        summary=f"{_WHERE} throws away work",
        description=(
            '{{ $value | printf "%.2f" }} preemptions per second over the last 5 minutes; '
            f"the limit is {thresholds.PREEMPTIONS:human}."
        ),
        runbook=runbooks.PREEMPTIONS,
    ),
    Alert(
        name="VLLMRequestsFailing",
        expr=(
            f'sum {_BY_MODEL} (rate({REQUESTS}{{finished_reason="error"}}[5m]))\n'
            f"  / sum {_BY_MODEL} (rate({REQUESTS}[5m]))\n"
            f"  > {thresholds.ERRORS}"
        ),
        hold="5m",
        severity="page",
        summary=f"Requests to {_WHERE} fail",
        description=(
            "{{ $value | humanizePercentage }} of the requests of the last 5 minutes ended in "
            f"an error; the limit is {thresholds.ERRORS:human}."
        ),
        runbook=runbooks.FAILING,
    ),
)
