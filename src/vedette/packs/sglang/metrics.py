"""What SGLang 0.5 exposes with `--enable-metrics` and this pack reads.

The scheduler's metrics exist once per rank of a split model, and each tells of the whole: they
are reduced by `max` before anything is added up.
Names and labels: https://docs.sglang.ai/references/production_metrics.html
"""

from vedette.model.metric import Kind, Metric

RANKS = ("tp_rank", "pp_rank", "moe_ep_rank")
_SCHEDULER = ("model_name", "engine_type", *RANKS)


def _sglang(name: str, kind: Kind, help: str, *labels: str, unit: str = "") -> Metric:  # noqa: A002 - the noun's word
    return Metric(
        name=f"sglang:{name}", kind=kind, help=help, unit=unit, labels=labels, external=True
    )


RUNNING = _sglang("num_running_reqs", "gauge", "Requests that are being answered.", *_SCHEDULER)
WAITING = _sglang("num_queue_reqs", "gauge", "Requests that wait for a place.", *_SCHEDULER)
KV_CACHE = _sglang(
    "token_usage", "gauge", "Share of the KV cache in use.", *_SCHEDULER, unit="ratio"
)
CACHE_HITS = _sglang(
    "cache_hit_rate", "gauge", "Share of the tokens that a cache had.", *_SCHEDULER, unit="ratio"
)
RETRACTED = _sglang(
    "num_retracted_requests_total",
    "counter",
    "Requests that were put back to make room for others.",
    *_SCHEDULER,
)
REQUESTS = _sglang(
    "num_requests_total", "counter", "Requests that ended.", "model_name", "is_streaming"
)
PROMPT_TOKENS = _sglang(
    "prompt_tokens_total", "counter", "Tokens read.", "model_name", "is_streaming"
)
GENERATED_TOKENS = _sglang(
    "generation_tokens_total", "counter", "Tokens written.", "model_name", "is_streaming"
)
FIRST_TOKEN = _sglang(
    "time_to_first_token_seconds",
    "histogram",
    "Time until the first token.",
    "model_name",
    "is_streaming",
    unit="seconds",
)
BETWEEN_TOKENS = _sglang(
    "inter_token_latency_seconds",
    "histogram",
    "Time from one token to the next.",
    "model_name",
    unit="seconds",
)
WHOLE = _sglang(
    "e2e_request_latency_seconds",
    "histogram",
    "Time until the last token.",
    "model_name",
    "is_streaming",
    unit="seconds",
)
RESPONSES = _sglang(
    "http_responses_total",
    "counter",
    "Answers by status.",
    "endpoint",
    "method",
    "status_code",
)

METRICS = (
    RUNNING,
    WAITING,
    KV_CACHE,
    CACHE_HITS,
    RETRACTED,
    REQUESTS,
    PROMPT_TOKENS,
    GENERATED_TOKENS,
    FIRST_TOKEN,
    BETWEEN_TOKENS,
    WHOLE,
    RESPONSES,
)
