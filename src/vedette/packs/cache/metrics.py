"""Caches: the names are contracts."""

from vedette.model.metric import Metric

HITS = Metric(
    name="cache_hits_total",
    kind="counter",
    help="Questions that the cache could answer.",
    labels=("cache",),
)
MISSES = Metric(
    name="cache_misses_total",
    kind="counter",
    help="Questions that the cache could not answer.",
    labels=("cache",),
)
EVICTIONS = Metric(
    name="cache_evictions_total",
    kind="counter",
    help="Entries that were thrown away to make room.",
    labels=("cache",),
)
MEMORY = Metric(
    name="cache_memory_bytes",
    kind="gauge",
    help="Memory that the cache holds.",
    unit="bytes",
    labels=("cache",),
    range=(0, float("inf")),
    workers="max",
)
MEMORY_LIMIT = Metric(
    name="cache_memory_limit_bytes",
    kind="gauge",
    help="Memory that the cache may hold; 0 where nothing limits it.",
    unit="bytes",
    labels=("cache",),
    range=(0, float("inf")),
    workers="max",
)
OPERATION_SECONDS = Metric(
    name="cache_operation_duration_seconds",
    kind="histogram",
    help="Time from sending a command to the cache to its answer.",
    unit="seconds",
    labels=("cache", "operation"),
    buckets=(0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1.0, 5.0),
)
ERRORS = Metric(
    name="cache_errors_total",
    kind="counter",
    help="Commands that the cache refused or did not answer.",
    labels=("cache", "operation"),
)

METRICS = (HITS, MISSES, EVICTIONS, MEMORY, MEMORY_LIMIT, OPERATION_SECONDS, ERRORS)
