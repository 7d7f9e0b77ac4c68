"""What vLLM 0.10 to 0.33 exposes and this pack reads.

Names and labels: https://docs.vllm.ai/en/latest/usage/metrics.html
"""

from vedette.model.metric import Kind, Metric

_WHICH = ("model_name", "engine")


def _vllm(name: str, kind: Kind, help: str, *labels: str, unit: str = "") -> Metric:  # noqa: A002 - the noun's word
    return Metric(
        name=f"vllm:{name}",
        kind=kind,
        help=help,
        unit=unit,
        labels=(*_WHICH, *labels),
        external=True,
    )


RUNNING = _vllm("num_requests_running", "gauge", "Requests that are being answered.")
WAITING = _vllm("num_requests_waiting", "gauge", "Requests that wait for a place in a batch.")
KV_CACHE = _vllm(
    "kv_cache_usage_perc",
    "gauge",
    "Share of the KV cache in use, from 0 to 1 whatever the name says.",
    unit="ratio",
)
REQUESTS = _vllm(
    "request_success_total",
    "counter",
    "Requests that ended, by why they did; `error` is one of the reasons.",
    "finished_reason",
)
PREEMPTIONS = _vllm(
    "num_preemptions_total", "counter", "Requests that were put back to make room for others."
)
PROMPT_TOKENS = _vllm("prompt_tokens_total", "counter", "Tokens read.")
GENERATED_TOKENS = _vllm("generation_tokens_total", "counter", "Tokens written.")
PREFIX_QUERIES = _vllm("prefix_cache_queries_total", "counter", "Tokens looked up in the cache.")
PREFIX_HITS = _vllm("prefix_cache_hits_total", "counter", "Tokens that the cache had.")
FIRST_TOKEN = _vllm(
    "time_to_first_token_seconds", "histogram", "Time until the first token.", unit="seconds"
)
BETWEEN_TOKENS = _vllm(
    "inter_token_latency_seconds", "histogram", "Time from one token to the next.", unit="seconds"
)
WHOLE = _vllm(
    "e2e_request_latency_seconds", "histogram", "Time until the last token.", unit="seconds"
)

METRICS = (
    RUNNING,
    WAITING,
    KV_CACHE,
    REQUESTS,
    PREEMPTIONS,
    PROMPT_TOKENS,
    GENERATED_TOKENS,
    PREFIX_QUERIES,
    PREFIX_HITS,
    FIRST_TOKEN,
    BETWEEN_TOKENS,
    WHOLE,
)
