"""Queries and connection pools: the names are contracts."""

from vedette.model.metric import Metric

OPERATIONS = (
    *("select", "insert", "update", "delete", "merge", "with", "create", "alter", "drop"),
    *("begin", "commit", "rollback", "savepoint", "copy", "call", "set", "connect", "other"),
)

QUERY_SECONDS = Metric(
    name="database_query_duration_seconds",
    kind="histogram",
    help="Time from sending a query to its first result.",
    unit="seconds",
    labels=("database", "operation"),
    # db.client.operation.duration in https://opentelemetry.io/docs/specs/semconv/database/
    # has 1, 5, 10, 50, 100 ms, 0.5, 1, 5, 10 s; the limits of an alert want neighbours.
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0),
    values={"operation": OPERATIONS},
)
QUERY_ERRORS = Metric(
    name="database_query_errors_total",
    kind="counter",
    help="Queries that failed, and connections that could not be made.",
    labels=("database", "operation"),
    values={"operation": OPERATIONS},
)
POOL_SIZE = Metric(
    name="database_pool_size",
    kind="gauge",
    help="Connections that the pools of a database may hold at most, overflow included.",
    labels=("database",),
    range=(0, float("inf")),
)
POOL_IN_USE = Metric(
    name="database_pool_in_use",
    kind="gauge",
    help="Connections of the pools that somebody works with.",
    labels=("database",),
    range=(0, float("inf")),
)
POOL_WAITING = Metric(
    name="database_pool_waiting",
    kind="gauge",
    help="Callers that wait for a connection of a pool.",
    labels=("database",),
    range=(0, float("inf")),
)
POOL_WAIT_SECONDS = Metric(
    name="database_pool_wait_seconds",
    kind="histogram",
    help="Time until a caller got a connection from a pool; long where a new one was made.",
    unit="seconds",
    labels=("database",),
    buckets=(0.0001, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 10.0, 30.0),
)

METRICS = (QUERY_SECONDS, QUERY_ERRORS, POOL_SIZE, POOL_IN_USE, POOL_WAITING, POOL_WAIT_SECONDS)
