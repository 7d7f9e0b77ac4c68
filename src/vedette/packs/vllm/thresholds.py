"""The limits of this pack that a user may set."""

from vedette.model.threshold import Threshold

QUEUE = Threshold(
    name="vllm_waiting_requests",
    default=10,
    help="Waiting requests beyond which VLLMQueueBacklog fires, if they are twice the running.",
    source="our choice: a batch of waiting requests, and more than the next two batches take",
    minimum=1,
)
KV_CACHE = Threshold(
    name="vllm_kv_cache_ratio",
    default=0.95,
    unit="ratio",
    help="Share of the KV cache in use beyond which VLLMKVCacheSaturated fires.",
    source="our choice: above it new requests wait or push others out",
    maximum=1.0,
)
PREEMPTIONS = Threshold(
    name="vllm_preemptions_per_second",
    default=0.1,
    help="Preemptions beyond which VLLMPreemptions fires: their work is done twice.",
    source="our choice: six requests a minute lose what was computed for them",
)
ERRORS = Threshold(
    name="vllm_error_ratio",
    default=0.01,
    unit="ratio",
    help="Share of requests that end in an error beyond which VLLMRequestsFailing fires.",
    source="our choice: one in a hundred, as for other services of models",
    maximum=1.0,
)

THRESHOLDS = (QUEUE, KV_CACHE, PREEMPTIONS, ERRORS)
