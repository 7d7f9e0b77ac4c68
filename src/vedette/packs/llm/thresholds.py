"""The limits of this pack that a user may set."""

from vedette.model.threshold import Threshold

_ORCHESTRATOR = "the alert rules of a public orchestrator of hosted inference"

LATENCY_LIMIT = Threshold(
    name="llm_latency_p95_milliseconds",
    default=100.0,
    unit="milliseconds",
    help="95th percentile of a language model's answering time beyond which HighInferenceLatency "
    "fires.",
    source=f"{_ORCHESTRATOR}: latency > 100 ms; the stricter beside the 500 ms of a classifier's "
    "API. Long answers need seconds: set your own",
)
THROUGHPUT_LEAST = Threshold(
    name="llm_tokens_per_second_minimum",
    default=10.0,
    unit="tokens",
    help="Tokens per second of a language model below which LowThroughput fires.",
    source=f"{_ORCHESTRATOR}: throughput < 10 tokens/s",
)

THRESHOLDS = (LATENCY_LIMIT, THROUGHPUT_LEAST)
