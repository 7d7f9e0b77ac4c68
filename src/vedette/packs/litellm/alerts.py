"""When LiteLLM, or a provider behind it, needs a person."""

from vedette.model.alert import Alert
from vedette.packs.litellm import runbooks, thresholds
from vedette.packs.litellm.metrics import FAILED, REQUESTS, SECONDS, STATE

_BY_MODEL = "by (module, owner, requested_model)"
_WHERE = "{{ $labels.requested_model }} of {{ $labels.module }}"

ALERTS = (
    Alert(
        name="LiteLLMFailedRequests",
        expr=(
            f"sum {_BY_MODEL} (rate({FAILED}[5m]))\n"
            f"  / sum {_BY_MODEL} (rate({REQUESTS}[5m]))\n"
            f"  > {thresholds.FAILURES}"
        ),
        hold="10m",
        severity="ticket",
        summary=f"Requests to {_WHERE} fail",
        description=(
            "{{ $value | humanizePercentage }} of the requests of the last 5 minutes failed; "
            f"the limit is {thresholds.FAILURES:human}."
        ),
        runbook=runbooks.FAILED,
    ),
    Alert(
        name="LiteLLMSlow",
        expr=(
            "histogram_quantile(0.95, sum by (module, owner, requested_model, le) "
            f"(rate({SECONDS.bucket}[5m])))\n"
            f"  > {thresholds.SLOW}"
        ),
        hold="10m",
        severity="ticket",
        summary=f"{_WHERE} is slow",
        description=(
            "The 95th percentile of the last 5 minutes is {{ $value | humanizeDuration }}; "
            f"the limit is {thresholds.SLOW:human}."
        ),
        runbook=runbooks.SLOW,
    ),
    Alert(
        name="LiteLLMDeploymentDown",
        expr=f"max by (module, owner, litellm_model_name, api_provider) ({STATE}) == 2",
        hold="2m",
        severity="page",
        summary="{{ $labels.litellm_model_name }} of {{ $labels.api_provider }} is out",
        description=(
            "The state that {{ $labels.module }} tells of it is {{ $value }} (out), expected 0."
        ),
        runbook=runbooks.DOWN,
    ),
)
