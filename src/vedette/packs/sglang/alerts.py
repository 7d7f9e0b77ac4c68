"""When SGLang needs a person."""

from vedette.model.alert import Alert
from vedette.model.metric import Metric
from vedette.packs.sglang import runbooks, thresholds
from vedette.packs.sglang.metrics import KV_CACHE, RANKS, RESPONSES, RETRACTED, RUNNING, WAITING

_BY_MODEL = "by (module, owner, model_name)"
_WHOLE = f"max without ({', '.join(RANKS)})"
_BY_MODULE = "by (module, owner)"
_WHERE = "{{ $labels.model_name }} of {{ $labels.module }}"


def _requests(metric: Metric) -> str:
    return f"sum {_BY_MODEL} ({_WHOLE} ({metric}))"


ALERTS = (
    Alert(
        name="SGLangQueueBacklog",
        expr=(
            f"{_requests(WAITING)} > {thresholds.QUEUE}\n"
            f"  and {_requests(WAITING)} > 2 * {_requests(RUNNING)}"
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
        name="SGLangKVCacheSaturated",
        expr=f"{_WHOLE} ({KV_CACHE}) > {thresholds.KV_CACHE}",
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
        name="SGLangRetractions",
        expr=f"sum {_BY_MODEL} ({_WHOLE} (rate({RETRACTED}[5m]))) > {thresholds.RETRACTIONS}",
        hold="10m",
        severity="ticket",
        summary=f"{_WHERE} throws away work",
        description=(
            '{{ $value | printf "%.2f" }} requests per second were put back over the last '
            f"5 minutes; the limit is {thresholds.RETRACTIONS:human}."
        ),
        runbook=runbooks.RETRACTIONS,
    ),
    Alert(
        name="SGLangErrors",
        expr=(
            f'sum {_BY_MODULE} (rate({RESPONSES}{{status_code=~"5.."}}[5m]))\n'
            f"  / sum {_BY_MODULE} (rate({RESPONSES}[5m]))\n"
            f"  > {thresholds.ERRORS}"
        ),
        hold="5m",
        severity="page",
        summary="Requests to {{ $labels.module }} fail",
        description=(
            "{{ $value | humanizePercentage }} of the answers of the last 5 minutes were server "
            f"errors; the limit is {thresholds.ERRORS:human}."
        ),
        runbook=runbooks.ERRORS,
    ),
)
