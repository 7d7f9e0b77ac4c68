"""What the LiteLLM proxy exposes and this pack reads.

The proxy can put users, e-mail addresses and keys into labels; none of them is read here, and
`vedette lint` tells of them. Names and labels: https://docs.litellm.ai/docs/proxy/prometheus
"""

from vedette.model.metric import Kind, Metric

_DEPLOYMENT = ("litellm_model_name", "model_id", "api_base", "api_provider")


def _litellm(name: str, kind: Kind, help: str, *labels: str, unit: str = "") -> Metric:  # noqa: A002 - the noun's word
    return Metric(
        name=f"litellm_{name}", kind=kind, help=help, unit=unit, labels=labels, external=True
    )


REQUESTS = _litellm(
    "proxy_total_requests_metric_total", "counter", "Requests to the proxy.", "requested_model"
)
FAILED = _litellm(
    "proxy_failed_requests_metric_total",
    "counter",
    "Requests that the proxy answered with an error.",
    "requested_model",
    "exception_status",
    "exception_class",
)
SPEND = _litellm("spend_metric_total", "counter", "Spent, in US dollars.", "model", unit="usd")
READ_TOKENS = _litellm("input_tokens_metric_total", "counter", "Tokens read.", "model")
WRITTEN_TOKENS = _litellm("output_tokens_metric_total", "counter", "Tokens written.", "model")
SECONDS = _litellm(
    "request_total_latency_metric",
    "histogram",
    "Time of a request, the proxy's own part included.",
    "requested_model",
    "model",
    unit="seconds",
)
API_SECONDS = _litellm(
    "llm_api_latency_metric",
    "histogram",
    "Time that the provider took.",
    "requested_model",
    "model",
    unit="seconds",
)
FIRST_TOKEN = _litellm(
    "llm_api_time_to_first_token_metric",
    "histogram",
    "Time until the provider's first token, of streamed answers.",
    "model",
    unit="seconds",
)
STATE = _litellm(
    "deployment_state",
    "gauge",
    "0 where a deployment works, 1 where it partly fails, 2 where it is out.",
    *_DEPLOYMENT,
)

METRICS = (
    REQUESTS,
    FAILED,
    SPEND,
    READ_TOKENS,
    WRITTEN_TOKENS,
    SECONDS,
    API_SECONDS,
    FIRST_TOKEN,
    STATE,
)
