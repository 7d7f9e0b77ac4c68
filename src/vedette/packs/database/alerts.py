"""When a database needs a person."""

from vedette.model.alert import Alert
from vedette.packs.database import runbooks
from vedette.packs.database.metrics import POOL_IN_USE, POOL_SIZE, QUERY_ERRORS, QUERY_SECONDS
from vedette.packs.database.thresholds import POOL_USE, QUERY_FAILURES, QUERY_LATENCY

_BY = "by (module, owner, database)"
_WHICH = "{{ $labels.database }} of {{ $labels.module }}"

ALERTS = (
    Alert(
        name="SlowQueries",
        expr=(
            "histogram_quantile(0.95, sum by (module, owner, database, le) "
            f"(rate({QUERY_SECONDS.bucket}[5m])))\n"
            f"  > {QUERY_LATENCY}"
        ),
        hold="5m",
        severity="ticket",
        summary=f"Queries to {_WHICH} are slow",
        description=(
            "The 95th percentile of the queries of the last 5 minutes is "
            f"{{{{ $value | humanizeDuration }}}}; the limit is {QUERY_LATENCY:human}."
        ),
        runbook=runbooks.SLOW_QUERIES,
    ),
    Alert(
        name="DatabaseErrors",
        expr=(
            f"sum {_BY} (rate({QUERY_ERRORS}[5m]))\n"
            f"  / sum {_BY} (rate({QUERY_SECONDS.count}[5m]))\n"
            f"  > {QUERY_FAILURES}"
        ),
        hold="2m",
        severity="page",
        summary=f"Queries to {_WHICH} fail",
        description=(
            "{{ $value | humanizePercentage }} of the queries of the last 5 minutes failed; "
            f"the limit is {QUERY_FAILURES:human}."
        ),
        runbook=runbooks.DATABASE_ERRORS,
    ),
    Alert(
        name="DatabasePoolExhausted",
        expr=(
            f"sum by (module, owner, instance, database) ({POOL_IN_USE})\n"
            f"  / (sum by (module, owner, instance, database) ({POOL_SIZE}) > 0)\n"
            f"  > {POOL_USE}"
        ),
        hold="5m",
        severity="ticket",
        summary=f"The connections to {_WHICH} run out",
        description=(
            "{{ $value | humanizePercentage }} of the connections of {{ $labels.instance }} are "
            f"in use; the limit is {POOL_USE:human}."
        ),
        runbook=runbooks.POOL_EXHAUSTED,
    ),
)
