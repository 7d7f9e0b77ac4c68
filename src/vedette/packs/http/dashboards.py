"""What to look at: the requests of a service."""

from vedette.model.dashboard import Dashboard, Link, Panel, Query, Row, Step, Variable
from vedette.model.metric import Metric
from vedette.packs.http.metrics import (
    REQUEST_BYTES,
    REQUEST_SECONDS,
    REQUESTS,
    REQUESTS_IN_FLIGHT,
    RESPONSE_BYTES,
)
from vedette.packs.http.thresholds import HTTP_ERRORS, HTTP_ERRORS_PER_SECOND, HTTP_LATENCY

_M = 'module=~"$module", instance=~"$instance"'
_FAILED = ', status=~"5.."'
_RATE = "$__rate_interval"
_LATENCY_STEPS = (Step(colour="green"), Step(colour="red", value=HTTP_LATENCY))

MODULE = Variable(name="module", label="Module", query=f"label_values({REQUESTS}, module)")
INSTANCE = Variable(
    name="instance",
    label="Instance",
    query=f'label_values({REQUESTS}{{module=~"$module"}}, instance)',
)


def _requests(extra: str = "") -> str:
    return f"rate({REQUESTS}{{{_M}{extra}}}[{_RATE}])"


def _quantile(metric: Metric, share: float, by: str = "") -> str:
    buckets = f"rate({metric.bucket}{{{_M}}}[{_RATE}])"
    return f"histogram_quantile({share}, sum by ({by}le) ({buckets}))"


def _quantiles(metric: Metric, *shares: float, what: str = "") -> tuple[Query, ...]:
    return tuple(
        Query(expr=_quantile(metric, share), legend=f"{what}p{round(share * 100)}")
        for share in shares
    )


_NOW = Row(
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
            queries=(Query(expr=f"(sum({_requests(_FAILED)}) or vector(0)) / sum({_requests()})"),),
            steps=(Step(colour="green"), Step(colour="red", value=HTTP_ERRORS)),
        ),
        Panel(
            title="Latency p95",
            description=f"19 of 20 requests are faster; red beyond {HTTP_LATENCY:human}.",
            kind="stat",
            unit="s",
            width=6,
            height=4,
            queries=(Query(expr=_quantile(REQUEST_SECONDS, 0.95)),),
            steps=_LATENCY_STEPS,
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
_ANSWERS = Row(
    title="Rate and errors",
    panels=(
        Panel(
            title="Requests by endpoint",
            description="Who is asked, and how much.",
            unit="reqps",
            queries=(Query(expr=f"sum by (endpoint) ({_requests()})", legend="{{endpoint}}"),),
        ),
        Panel(
            title="Answers by status",
            description="A healthy service shows 200; 4xx are callers' mistakes, 5xx are ours.",
            unit="reqps",
            stacked=True,
            queries=(Query(expr=f"sum by (status) ({_requests()})", legend="{{status}}"),),
        ),
        Panel(
            title="Server errors by module",
            description=(
                "Errors per second, nothing in a healthy service; HighErrorRate fires for what "
                f"stays above {HTTP_ERRORS_PER_SECOND:human}."
            ),
            unit="reqps",
            queries=(
                Query(
                    expr=(
                        f"sum by (module) ({_requests(_FAILED)})"
                        f" or 0 * sum by (module) ({_requests()})"
                    ),
                    legend="{{module}}",
                ),
            ),
            steps=(Step(colour="green"), Step(colour="red", value=HTTP_ERRORS_PER_SECOND)),
        ),
    ),
)
_TIME = Row(
    title="Time and size",
    panels=(
        Panel(
            title="Latency over all endpoints",
            description="Percentiles that drift apart mean that some requests wait for others.",
            unit="s",
            queries=_quantiles(REQUEST_SECONDS, 0.5, 0.95, 0.99),
            steps=_LATENCY_STEPS,
        ),
        Panel(
            title="Latency p95 by endpoint",
            description=f"HighLatency fires for one that stays above {HTTP_LATENCY:human}.",
            unit="s",
            queries=(
                Query(expr=_quantile(REQUEST_SECONDS, 0.95, "endpoint, "), legend="{{endpoint}}"),
            ),
            steps=_LATENCY_STEPS,
        ),
        Panel(
            title="Size of requests and answers",
            description="Answers that grow without a reason slow every caller down.",
            unit="bytes",
            queries=(
                *_quantiles(REQUEST_BYTES, 0.5, 0.95, what="request "),
                *_quantiles(RESPONSE_BYTES, 0.5, 0.95, what="answer "),
            ),
        ),
    ),
)
APPLICATION = Dashboard(
    uid="vedette-http",
    title="Application performance",
    description="Are requests answered, and fast enough?",
    variables=(MODULE, INSTANCE),
    rows=(_NOW, _ANSWERS, _TIME),
    links=(
        Link(title="The models behind it", uid="vedette-models"),
        Link(title="Databases", uid="vedette-databases"),
        Link(title="Caches", uid="vedette-caches"),
        Link(title="Outgoing requests", uid="vedette-http-client"),
        Link(title="Health", uid="vedette-health"),
        Link(title="Process", uid="vedette-process"),
        Link(title="System overview", uid="vedette-host"),
    ),
    tags=("http",),
)

DASHBOARDS = (APPLICATION,)
