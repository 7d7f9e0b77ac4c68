"""What to look at: the API before the models."""

from vedette.model.dashboard import Dashboard, Link, Panel, Query, Row, Step
from vedette.packs.serving._queries import RATE, SELECTION, quantile, quantiles, variables
from vedette.packs.serving.metrics import API_REQUESTS, API_SECONDS, CACHE_SIZE, IMAGES
from vedette.packs.serving.thresholds import API_ERRORS, API_LATENCY

_FAILED = ', status=~"5..|error"'
_LATENCY_STEPS = (Step(colour="green"), Step(colour="red", value=API_LATENCY))


def _requests(extra: str = "") -> str:
    return f"rate({API_REQUESTS}{{{SELECTION}{extra}}}[{RATE}])"


_NOW = Row(
    title="Now",
    panels=(
        Panel(
            title="Requests",
            description="Requests per second over all endpoints of the API.",
            kind="stat",
            unit="reqps",
            width=6,
            height=4,
            queries=(Query(expr=f"sum({_requests()})"),),
            steps=(Step(colour="blue"),),
        ),
        Panel(
            title="Error rate",
            description=f"Share of requests that failed; red beyond {API_ERRORS:human}.",
            kind="stat",
            unit="percentunit",
            decimals=1,
            width=6,
            height=4,
            queries=(Query(expr=f"(sum({_requests(_FAILED)}) or vector(0)) / sum({_requests()})"),),
            steps=(Step(colour="green"), Step(colour="red", value=API_ERRORS)),
        ),
        Panel(
            title="Latency p95",
            description=f"19 of 20 requests are faster; red beyond {API_LATENCY:human}.",
            kind="stat",
            unit="s",
            width=6,
            height=4,
            queries=(Query(expr=quantile(API_SECONDS, 0.95)),),
            steps=_LATENCY_STEPS,
        ),
        Panel(
            title="Cached answers",
            description="Entries in the cache; none after a restart, then ever more.",
            kind="stat",
            width=6,
            height=4,
            queries=(Query(expr=f"sum({CACHE_SIZE}{{{SELECTION}}})"),),
            steps=(Step(colour="blue"),),
        ),
    ),
)
_ANSWERS = Row(
    title="Rate and errors",
    panels=(
        Panel(
            title="Request rate by endpoint",
            description="Who is asked, and how much.",
            unit="reqps",
            queries=(Query(expr=f"sum by (endpoint) ({_requests()})", legend="{{endpoint}}"),),
        ),
        Panel(
            title="Status codes",
            description="A healthy API shows 200; 4xx are callers' mistakes, 5xx are ours.",
            unit="reqps",
            stacked=True,
            queries=(Query(expr=f"sum by (status) ({_requests()})", legend="{{status}}"),),
        ),
        Panel(
            title="Error rate by module",
            description=f"HighApiErrorShare fires for a share that stays above {API_ERRORS:human}.",
            unit="percentunit",
            minimum=0,
            queries=(
                Query(
                    expr=(
                        f"(sum by (module) ({_requests(_FAILED)})"
                        f" or 0 * sum by (module) ({_requests()}))"
                        f" / sum by (module) ({_requests()})"
                    ),
                    legend="{{module}}",
                ),
            ),
            steps=(Step(colour="green"), Step(colour="red", value=API_ERRORS)),
        ),
    ),
)
_TIME = Row(
    title="Latency and work",
    panels=(
        Panel(
            title="Latency",
            description="Percentiles that drift apart mean that some requests wait for others.",
            unit="s",
            queries=quantiles(API_SECONDS),
            steps=_LATENCY_STEPS,
        ),
        Panel(
            title="Latency p95 by endpoint",
            description=f"HighApiLatency fires for one that stays above {API_LATENCY:human}.",
            unit="s",
            queries=(Query(expr=quantile(API_SECONDS, 0.95, "endpoint"), legend="{{endpoint}}"),),
            steps=_LATENCY_STEPS,
        ),
        Panel(
            title="Images processed",
            description="Images per second; it follows the requests, unless they are batches.",
            unit="ops",
            queries=(
                Query(
                    expr=f"sum by (module, model) (rate({IMAGES}{{{SELECTION}}}[{RATE}]))",
                    legend="{{module}} {{model}}",
                ),
            ),
        ),
    ),
)
API = Dashboard(
    uid="vedette-api",
    title="API performance",
    description="Does the API before the models answer, and fast enough?",
    variables=variables(API_REQUESTS),
    rows=(_NOW, _ANSWERS, _TIME),
    links=(
        Link(title="The models behind it", uid="vedette-models"),
        Link(title="System overview", uid="vedette-host"),
    ),
    tags=("serving",),
)
