"""What to look at: the services that ours asks."""

from vedette.model.dashboard import Dashboard, Link, Panel, Query, Row, Step, Variable
from vedette.packs.http_client.metrics import REQUEST_SECONDS, REQUESTS
from vedette.packs.http_client.thresholds import FAILURES

_M = 'module=~"$module", instance=~"$instance", host=~"$host"'
_RATE = "$__rate_interval"
_FAILED = ', status=~"5..|429|error"'


def _variable(name: str, label: str, within: str = "") -> Variable:
    return Variable(name=name, label=label, query=f"label_values({REQUESTS}{within}, {name})")


def _requests(by: str, extra: str = "") -> str:
    return f"sum by ({by}) (rate({REQUESTS}{{{_M}{extra}}}[{_RATE}]))"


def _quantile(share: float) -> Query:
    buckets = f"sum by (host, le) (rate({REQUEST_SECONDS.bucket}{{{_M}}}[{_RATE}]))"
    legend = f"{{{{host}}}} p{round(share * 100)}"
    return Query(expr=f"histogram_quantile({share}, {buckets})", legend=legend)


_ROW = Row(
    title="By host",
    panels=(
        Panel(
            title="Outgoing requests by host",
            description="Requests per second; retries make it rise when the other side fails.",
            unit="reqps",
            queries=(Query(expr=_requests("host"), legend="{{host}}"),),
        ),
        Panel(
            title="Failed share by host",
            description=f"OutgoingRequestsFailing fires beyond {FAILURES:human}.",
            unit="percentunit",
            queries=(
                Query(
                    expr=f"{_requests('host', _FAILED)} / {_requests('host')}", legend="{{host}}"
                ),
            ),
            steps=(Step(colour="green"), Step(colour="red", value=FAILURES)),
        ),
        Panel(
            title="Answering time by host",
            description="Until the head of the answer; p95 far above p50 means that some hang.",
            unit="s",
            queries=(_quantile(0.5), _quantile(0.95)),
        ),
        Panel(
            title="Outgoing requests by status",
            description="Mostly 2xx; `error` counts those that were not answered.",
            unit="reqps",
            width=24,
            stacked=True,
            queries=(Query(expr=_requests("host, status"), legend="{{host}} {{status}}"),),
        ),
    ),
)

DASHBOARDS = (
    Dashboard(
        uid="vedette-http-client",
        title="Outgoing requests",
        description="Do the services that ours asks answer, and how fast?",
        variables=(
            _variable("module", "Module"),
            _variable("instance", "Instance", '{module=~"$module"}'),
            _variable("host", "Host", '{module=~"$module"}'),
        ),
        rows=(_ROW,),
        links=(Link(title="Application performance", uid="vedette-http"),),
        tags=("http",),
    ),
)
