"""What to look at: the databases behind a service."""

from vedette.model.dashboard import Dashboard, Link, Panel, Query, Row, Step, Variable
from vedette.packs.database.metrics import (
    POOL_IN_USE,
    POOL_SIZE,
    POOL_WAIT_SECONDS,
    POOL_WAITING,
    QUERY_ERRORS,
    QUERY_SECONDS,
)
from vedette.packs.database.thresholds import POOL_USE, QUERY_FAILURES, QUERY_LATENCY

_M = 'module=~"$module", instance=~"$instance", database=~"$database"'
_RATE = "$__rate_interval"

_VARIABLES = (
    Variable(name="module", label="Module", query=f"label_values({QUERY_SECONDS.count}, module)"),
    Variable(
        name="instance",
        label="Instance",
        query=f'label_values({QUERY_SECONDS.count}{{module=~"$module"}}, instance)',
    ),
    Variable(
        name="database",
        label="Database",
        query=f'label_values({QUERY_SECONDS.count}{{module=~"$module"}}, database)',
    ),
)


def _rate(series: str, by: str) -> str:
    return f"sum by ({by}) (rate({series}{{{_M}}}[{_RATE}]))"


def _quantile(share: float, by: str) -> str:
    return f"histogram_quantile({share}, {_rate(QUERY_SECONDS.bucket, f'{by}, le')})"


_USE = f"sum by (database) ({POOL_IN_USE}{{{_M}}}) / (sum by (database) ({POOL_SIZE}{{{_M}}}) > 0)"
_FAILED = f"{_rate(QUERY_ERRORS.name, 'database')} / {_rate(QUERY_SECONDS.count, 'database')}"

_NOW = Row(
    title="Now",
    panels=(
        Panel(
            title="Query time p95",
            description=f"19 of 20 queries are faster; red beyond {QUERY_LATENCY:human}.",
            kind="stat",
            unit="s",
            height=4,
            queries=(Query(expr=_quantile(0.95, "database"), legend="{{database}}"),),
            steps=(Step(colour="green"), Step(colour="red", value=QUERY_LATENCY)),
        ),
        Panel(
            title="Failed queries",
            description=f"Share that ended in an error; red beyond {QUERY_FAILURES:human}.",
            kind="stat",
            unit="percentunit",
            decimals=1,
            height=4,
            queries=(Query(expr=_FAILED, legend="{{database}}"),),
            steps=(Step(colour="green"), Step(colour="red", value=QUERY_FAILURES)),
        ),
        Panel(
            title="Pool in use",
            description=f"Share of the connections that are taken; red beyond {POOL_USE:human}.",
            kind="stat",
            unit="percentunit",
            height=4,
            queries=(Query(expr=_USE, legend="{{database}}"),),
            steps=(Step(colour="green"), Step(colour="red", value=POOL_USE)),
        ),
    ),
)
_QUERIES = Row(
    title="Queries",
    panels=(
        Panel(
            title="Queries by operation",
            description="Queries per second; a sudden rise of selects is often a missing cache.",
            unit="ops",
            queries=(
                Query(
                    expr=_rate(QUERY_SECONDS.count, "database, operation"),
                    legend="{{database}} {{operation}}",
                ),
            ),
        ),
        Panel(
            title="Query time p95 by operation",
            description=f"SlowQueries fires for a database that stays above {QUERY_LATENCY:human}.",
            unit="s",
            queries=(
                Query(
                    expr=_quantile(0.95, "database, operation"),
                    legend="{{database}} {{operation}}",
                ),
            ),
            steps=(Step(colour="green"), Step(colour="red", value=QUERY_LATENCY)),
        ),
        Panel(
            title="Errors by operation",
            description="Errors per second; `connect` means that it cannot be reached.",
            unit="ops",
            queries=(
                Query(
                    expr=_rate(QUERY_ERRORS.name, "database, operation"),
                    legend="{{database}} {{operation}}",
                ),
            ),
        ),
    ),
)
_POOLS = Row(
    title="Connections",
    panels=(
        Panel(
            title="Connections in use",
            description="Should stay well below the size of the pool, and come back down.",
            queries=(
                Query(
                    expr=f"sum by (database) ({POOL_IN_USE}{{{_M}}})",
                    legend="{{database}} in use",
                ),
                Query(expr=f"sum by (database) ({POOL_SIZE}{{{_M}}})", legend="{{database}} size"),
            ),
        ),
        Panel(
            title="Callers that wait",
            description="Anything above 0 for long means that the pool is too small or leaks.",
            queries=(
                Query(expr=f"sum by (database) ({POOL_WAITING}{{{_M}}})", legend="{{database}}"),
            ),
        ),
        Panel(
            title="Wait for a connection p95",
            description="What the pool adds to a request; making a new connection counts as well.",
            unit="s",
            queries=(
                Query(
                    expr=(
                        "histogram_quantile(0.95, "
                        f"{_rate(POOL_WAIT_SECONDS.bucket, 'database, le')})"
                    ),
                    legend="{{database}}",
                ),
            ),
        ),
    ),
)

DASHBOARDS = (
    Dashboard(
        uid="vedette-databases",
        title="Databases",
        description="Are queries answered, how fast, and are there connections left?",
        variables=_VARIABLES,
        rows=(_NOW, _QUERIES, _POOLS),
        links=(Link(title="Application performance", uid="vedette-http"),),
        tags=("database",),
    ),
)
