"""The limits of this pack that a user may set."""

from vedette.model.threshold import Threshold

FAILURES = Threshold(
    name="litellm_failure_ratio",
    default=0.05,
    unit="ratio",
    help="Share of requests that fail beyond which LiteLLMFailedRequests fires.",
    source="awesome-prometheus-alerts, LiteLLM: 5 %",
    maximum=1.0,
)
SLOW = Threshold(
    name="litellm_request_p95_seconds",
    default=10.0,
    unit="seconds",
    help="95th percentile of the time of a request beyond which LiteLLMSlow fires.",
    source="awesome-prometheus-alerts, LiteLLM: 10 s",
)

THRESHOLDS = (FAILURES, SLOW)
