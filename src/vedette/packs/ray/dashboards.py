"""What to look at: the deployments of Ray Serve."""

from vedette.model.dashboard import Dashboard, Link, Panel, Query, Row, Step, Variable
from vedette.model.metric import Metric
from vedette.packs.ray import metrics, thresholds

_A = 'module=~"$module", instance=~"$instance", application=~"$application"'
_RATE = "$__rate_interval"
_DEPLOYMENT = "{{deployment}}"


def _rate(metric: Metric, by: str = "deployment") -> str:
    return f"sum by ({by}) (rate({metric}{{{_A}}}[{_RATE}]))"


def _p95_seconds(metric: Metric, by: str) -> str:
    buckets = f"sum by ({by}, le) (rate({metric.bucket}{{{_A}}}[{_RATE}]))"
    return f"histogram_quantile(0.95, {buckets}) / 1000"


_TRAFFIC = Row(
    title="Requests",
    panels=(
        Panel(
            title="Requests by route",
            description="Requests per second at the proxies.",
            unit="reqps",
            queries=(Query(expr=_rate(metrics.REQUESTS, "route"), legend="{{route}}"),),
        ),
        Panel(
            title="Answers by status",
            description="4xx is the callers' doing, 5xx ours.",
            unit="reqps",
            stacked=True,
            queries=(Query(expr=_rate(metrics.REQUESTS, "status_code"), legend="{{status_code}}"),),
        ),
        Panel(
            title="Request p95 by route",
            description="From proxy to answer; what callers wait.",
            unit="s",
            queries=(Query(expr=_p95_seconds(metrics.SECONDS, "route"), legend="{{route}}"),),
        ),
    ),
)
_DEPLOYMENTS = Row(
    title="Deployments",
    panels=(
        Panel(
            title="Share that fails",
            description=f"RayServeErrors fires beyond {thresholds.ERRORS:human}.",
            unit="percentunit",
            minimum=0,
            queries=(
                Query(
                    expr=(
                        f"{_rate(metrics.ERRORS)}"
                        f" / (({_rate(metrics.CALLS)} or 0 * {_rate(metrics.ERRORS)})"
                        f" + {_rate(metrics.ERRORS)})"
                    ),
                    legend=_DEPLOYMENT,
                ),
            ),
            steps=(Step(colour="green"), Step(colour="red", value=thresholds.ERRORS)),
        ),
        Panel(
            title="Waiting",
            description=f"RayServeQueueBacklog fires beyond {thresholds.QUEUE:human}.",
            queries=(
                Query(expr=f"sum by (deployment) ({metrics.QUEUED}{{{_A}}})", legend=_DEPLOYMENT),
            ),
            steps=(Step(colour="green"), Step(colour="red", value=thresholds.QUEUE)),
        ),
        Panel(
            title="Work p95",
            description="In a replica alone, without waiting.",
            unit="s",
            queries=(Query(expr=_p95_seconds(metrics.WORK, "deployment"), legend=_DEPLOYMENT),),
        ),
        Panel(
            title="Requests in work",
            description="Requests that replicas work on at the moment.",
            width=12,
            queries=(
                Query(expr=f"sum by (deployment) ({metrics.BUSY}{{{_A}}})", legend=_DEPLOYMENT),
            ),
        ),
        Panel(
            title="Healthy replicas",
            description="As many as were asked for; fewer means that one is starting or broken.",
            width=12,
            queries=(
                Query(expr=f"sum by (deployment) ({metrics.HEALTHY}{{{_A}}})", legend=_DEPLOYMENT),
            ),
        ),
    ),
)

DASHBOARDS = (
    Dashboard(
        uid="vedette-ray",
        title="Ray Serve",
        description="Do the deployments answer, and are there enough replicas?",
        variables=(
            Variable(
                name="module", label="Module", query=f"label_values({metrics.REQUESTS}, module)"
            ),
            Variable(
                name="instance",
                label="Instance",
                query=f'label_values({metrics.REQUESTS}{{module=~"$module"}}, instance)',
            ),
            Variable(
                name="application",
                label="Application",
                query=f'label_values({metrics.REQUESTS}{{module=~"$module"}}, application)',
            ),
        ),
        rows=(_TRAFFIC, _DEPLOYMENTS),
        links=(
            Link(title="The GPUs below it", uid="vedette-gpu"),
            Link(title="Requests of the service", uid="vedette-http"),
        ),
        tags=("serving",),
    ),
)
