"""What to look at: the requests of a service; the other page shows its models."""

from vedette.model.dashboard import Dashboard, Panel, Query, Row, Step, Variable
from vedette.packs.serving.dashboard_models import MODELS
from vedette.packs.serving.metrics import REQUEST_SECONDS, REQUESTS, REQUESTS_IN_FLIGHT
from vedette.packs.serving.thresholds import HTTP_ERRORS, HTTP_LATENCY

_M = 'module=~"$module"'
_FAILED = ', status=~"5.."'
_RATE = "$__rate_interval"


def _requests(extra: str = "") -> str:
    return f"rate({REQUESTS}{{{_M}{extra}}}[{_RATE}])"


def _quantile(share: float, by: str = "") -> str:
    buckets = f"rate({REQUEST_SECONDS.bucket}{{{_M}}}[{_RATE}])"
    return f"histogram_quantile({share}, sum by ({by}le) ({buckets}))"


def _http_quantiles() -> tuple[Query, ...]:
    return tuple(
        Query(
            expr=_quantile(share),
            legend=f"p{round(share * 100)}",
        )
        for share in (0.5, 0.95, 0.99)
    )


MODULE = Variable(name="module", label="Module", query=f"label_values({REQUESTS}, module)")

_HTTP_NOW = Row(
    title="Now",
    panels=(
        Panel(
            title="Requests",
            description="Requests per second over all endpoints.",
            kind="stat",
            unit="reqps",
            width=6,
            height=4,
            queries=(Query(expr=f"sum({_requests()})"),),
            steps=(Step(colour="blue"),),
        ),
        Panel(
            title="Server errors",
            description=f"Share of answers with a status from 500; red beyond {HTTP_ERRORS:human}.",
            kind="stat",
            unit="percentunit",
            width=6,
            height=4,
            decimals=1,
            queries=(
                Query(
                    expr=(f"(sum({_requests(_FAILED)}) or vector(0)) / sum({_requests()})"),
                ),
            ),
            steps=(Step(colour="green"), Step(colour="red", value=HTTP_ERRORS)),
        ),
        Panel(
            title="Latency p95",
            description=f"19 of 20 requests are faster; red beyond {HTTP_LATENCY:human}.",
            kind="stat",
            unit="s",
            width=6,
            height=4,
            queries=(Query(expr=_quantile(0.95)),),
            steps=(Step(colour="green"), Step(colour="red", value=HTTP_LATENCY)),
        ),
        Panel(
            title="In flight",
            description="Requests being answered; a number that only grows is a queue.",
            kind="stat",
            width=6,
            height=4,
            queries=(Query(expr=f"sum({REQUESTS_IN_FLIGHT}{{{_M}}})"),),
            steps=(Step(colour="blue"),),
        ),
    ),
)
_HTTP_TIME = Row(
    title="Requests",
    panels=(
        Panel(
            title="Requests by endpoint",
            description="Who is asked, and how much.",
            unit="reqps",
            width=12,
            queries=(Query(expr=f"sum by (endpoint) ({_requests()})", legend="{{endpoint}}"),),
        ),
        Panel(
            title="Answers by status",
            description="A healthy service shows 200; 4xx are callers' mistakes, 5xx are ours.",
            unit="reqps",
            width=12,
            stacked=True,
            queries=(Query(expr=f"sum by (status) ({_requests()})", legend="{{status}}"),),
        ),
        Panel(
            title="Latency over all endpoints",
            description="Percentiles that drift apart mean that some requests wait for others.",
            unit="s",
            width=12,
            queries=_http_quantiles(),
            steps=(Step(colour="green"), Step(colour="red", value=HTTP_LATENCY)),
        ),
        Panel(
            title="Latency p95 by endpoint",
            description=f"HighLatency fires for one that stays above {HTTP_LATENCY:human}.",
            unit="s",
            width=12,
            queries=(
                Query(
                    expr=_quantile(0.95, "endpoint, "),
                    legend="{{endpoint}}",
                ),
            ),
            steps=(Step(colour="green"), Step(colour="red", value=HTTP_LATENCY)),
        ),
    ),
)
SERVING = Dashboard(
    uid="vedette-serving",
    title="Model serving",
    description="Are requests answered, and fast enough?",
    variables=(MODULE,),
    rows=(_HTTP_NOW, _HTTP_TIME),
    tags=("serving",),
)

DASHBOARDS = (SERVING, MODELS)
