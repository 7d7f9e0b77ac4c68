"""What to look at: the load test, from the outside."""

from vedette.model.dashboard import Dashboard, Link, Panel, Query, Row, Step
from vedette.packs.load.metrics import REQUESTS, SECONDS, USERS
from vedette.packs.load.thresholds import FAILURES

_RATE = "$__rate_interval"
_NAME = "{{name}}"


def _quantile(share: float, by: str = "") -> str:
    return f"histogram_quantile({share}, sum by ({by}le) (rate({SECONDS.bucket}[{_RATE}])))"


DASHBOARDS = (
    Dashboard(
        uid="vedette-load",
        title="Load test",
        description="How much traffic does Locust make, and how is it answered?",
        rows=(
            Row(
                title="Now",
                panels=(
                    Panel(
                        title="Users",
                        description="Users that are simulated.",
                        kind="stat",
                        width=6,
                        height=4,
                        queries=(Query(expr=f"sum({USERS})"),),
                        steps=(Step(colour="blue"),),
                    ),
                    Panel(
                        title="Requests",
                        description="Requests per second.",
                        kind="stat",
                        unit="reqps",
                        width=6,
                        height=4,
                        queries=(Query(expr=f"sum(rate({REQUESTS}[{_RATE}]))"),),
                        steps=(Step(colour="blue"),),
                    ),
                    Panel(
                        title="Failures",
                        description=f"LoadTestFailing fires beyond {FAILURES:human}.",
                        kind="stat",
                        unit="percentunit",
                        decimals=1,
                        width=6,
                        height=4,
                        queries=(
                            Query(
                                expr=(
                                    f'(sum(rate({REQUESTS}{{status="failure"}}[{_RATE}]))'
                                    f" or vector(0)) / sum(rate({REQUESTS}[{_RATE}]))"
                                ),
                            ),
                        ),
                        steps=(Step(colour="green"), Step(colour="red", value=FAILURES)),
                    ),
                    Panel(
                        title="Response time p95",
                        description="19 of 20 requests are answered sooner.",
                        kind="stat",
                        unit="s",
                        width=6,
                        height=4,
                        queries=(Query(expr=_quantile(0.95)),),
                        steps=(Step(colour="blue"),),
                    ),
                ),
            ),
            Row(
                title="Over time",
                panels=(
                    Panel(
                        title="Requests by name",
                        description="The mix should follow the weights of the scenario.",
                        unit="reqps",
                        width=12,
                        queries=(
                            Query(expr=f"sum by (name) (rate({REQUESTS}[{_RATE}]))", legend=_NAME),
                        ),
                    ),
                    Panel(
                        title="Response time p95 by name",
                        description="What a user waits, connection and queue included.",
                        unit="s",
                        width=12,
                        queries=(Query(expr=_quantile(0.95, "name, "), legend=_NAME),),
                    ),
                ),
            ),
        ),
        links=(
            Link(title="Requests of the service", uid="vedette-http"),
            Link(title="The models behind it", uid="vedette-models"),
        ),
        tags=("load",),
    ),
)
