"""The limits of this pack that a user may set."""

from vedette.model.threshold import Threshold

QUERY_LATENCY = Threshold(
    name="database_query_p95_seconds",
    default=0.5,
    unit="seconds",
    help="95th percentile of a database's queries beyond which SlowQueries fires.",
    source="our choice: the limit that a whole request has by default (http_latency_p95_seconds)",
)
QUERY_FAILURES = Threshold(
    name="database_error_ratio",
    default=0.01,
    unit="ratio",
    help="Share of a database's queries that fail beyond which DatabaseErrors fires.",
    source="our choice: a healthy database fails hardly any",
    maximum=1.0,
)
POOL_USE = Threshold(
    name="database_pool_use_ratio",
    default=0.9,
    unit="ratio",
    help="Share of a pool's connections in use beyond which DatabasePoolExhausted fires.",
    source="our choice: the last tenth is what a burst needs",
    maximum=1.0,
)

THRESHOLDS = (QUERY_LATENCY, QUERY_FAILURES, POOL_USE)
