"""The limits of this pack that a user may set."""

from vedette.model.threshold import Threshold

QUEUE = Threshold(
    name="sglang_waiting_requests",
    default=10,
    help="Waiting requests beyond which SGLangQueueBacklog fires, if they are twice the running.",
    source="our choice: a batch of waiting requests, and more than the next two batches take",
    minimum=1,
)
KV_CACHE = Threshold(
    name="sglang_kv_cache_ratio",
    default=0.95,
    unit="ratio",
    help="Share of the KV cache in use beyond which SGLangKVCacheSaturated fires.",
    source="our choice: above it new requests wait or push others out",
    maximum=1.0,
)
RETRACTIONS = Threshold(
    name="sglang_retractions_per_second",
    default=0.1,
    help="Requests put back beyond which SGLangRetractions fires: their work is done twice.",
    source="our choice: six requests a minute lose what was computed for them",
)
ERRORS = Threshold(
    name="sglang_error_ratio",
    default=0.01,
    unit="ratio",
    help="Share of answers that are server errors beyond which SGLangErrors fires.",
    source="our choice: one in a hundred, as for other services of models",
    maximum=1.0,
)

THRESHOLDS = (QUEUE, KV_CACHE, RETRACTIONS, ERRORS)
