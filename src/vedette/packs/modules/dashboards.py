"""What to look at: all modules on one page; each has another one of its own."""

from vedette.model.dashboard import Dashboard, Link, Panel, Query, Row, Step, Variable
from vedette.model.metric import Metric
from vedette.packs.modules import metrics, thresholds
from vedette.packs.modules.charts import limit
from vedette.packs.modules.details import OVERVIEW_TITLE, OVERVIEW_UID

_M = 'module=~"$module"'
_HOUR = 3600

MODULE = Variable(
    name="module", label="Module", query=f"label_values({metrics.OPERATIONS}, module)"
)


def _sum(metric: Metric, *labels: str) -> tuple[Query, ...]:
    by = ("prefix", *labels)
    legend = " ".join(f"{{{{{label}}}}}" for label in by)
    return (Query(expr=f"sum by ({', '.join(by)}) ({metric}{{{_M}}})", legend=legend),)


def _cost(*labels: str) -> tuple[Query, ...]:
    # Never over all modules: one that asks another counts what the other counts, too.
    (money,) = _sum(metrics.COST, *labels, "currency")
    return (Query(expr=f"{money.expr} * {_HOUR}", legend=money.legend),)


_HEALTH = Row(
    title="Health",
    panels=(
        Panel(
            title="Failed operations",
            description=f"ModuleErrors fires for what stays above {thresholds.ERRORS:human}.",
            kind="stat",
            unit="percentunit",
            decimals=1,
            width=12,
            height=4,
            queries=(Query(expr=f"{metrics.ERRORS}{{{_M}}}", legend="{{prefix}}"),),
            steps=limit(thresholds.ERRORS),
        ),
        Panel(
            title="Instances",
            description="Instances that tell their operations; a module that is missing is down.",
            kind="stat",
            width=12,
            height=4,
            queries=_sum(metrics.INSTANCES),
            steps=(Step(colour="red"), Step(colour="green", value=1)),
        ),
    ),
)
_OPERATIONS = Row(
    title="Operations",
    panels=(
        Panel(
            title="Operations by module",
            description="Operations per second; a module that falls alone is the one to look at.",
            unit="ops",
            queries=_sum(metrics.OPERATIONS),
        ),
        Panel(
            title="Duration p95 by module",
            description=f"ModuleSlow fires for what stays above {thresholds.SECONDS:human}.",
            unit="s",
            queries=(Query(expr=f"{metrics.SECONDS}{{{_M}}}", legend="{{prefix}} {{operation}}"),),
            steps=limit(thresholds.SECONDS),
        ),
        Panel(
            title="Cost per hour by module",
            description="What an hour costs at the present pace, in the currency that is named.",
            queries=_cost(),
        ),
    ),
)
_SECURITY = Row(
    title="Security",
    panels=(
        Panel(
            title="Security validations by module",
            description=(
                "Inputs judged per second, by the verdict. ModuleSecurityFailures fires for a "
                f"surge of failed ones above {thresholds.SECURITY_FAILURES:human} per second."
            ),
            unit="ops",
            queries=_sum(metrics.VALIDATIONS, "status"),
        ),
        Panel(
            title="Injections by type",
            description="Injections found per second; none is a quiet day.",
            unit="ops",
            queries=_sum(metrics.INJECTIONS, "type"),
        ),
        Panel(
            title="Rate-limit hits by module",
            description=(
                "Callers per second that are told to wait. ModuleRateLimited fires for what "
                f"stays above {thresholds.RATE_LIMIT_HITS:human} per second."
            ),
            unit="ops",
            queries=_sum(metrics.RATE_LIMIT_HITS),
            steps=limit(thresholds.RATE_LIMIT_HITS),
        ),
    ),
)
_USAGE = Row(
    title="LLM usage",
    panels=(
        Panel(
            title="Requests by provider",
            description="Requests per second, by module and provider.",
            unit="reqps",
            queries=_sum(metrics.REQUESTS, "provider"),
        ),
        Panel(
            title="Tokens by model",
            description="Tokens per second, by module, provider and model.",
            queries=_sum(metrics.TOKENS, "provider", "model"),
        ),
        Panel(
            title="Cost per hour by provider",
            description="What an hour costs at the present pace, in the currency that is named.",
            queries=_cost("provider"),
        ),
    ),
)
OVERVIEW = Dashboard(
    uid=OVERVIEW_UID,
    title=OVERVIEW_TITLE,
    description="How do the modules do, beside each other?",
    variables=(MODULE,),
    links=(Link(title="The stack itself", uid="vedette-stack"),),
    rows=(_HEALTH, _OPERATIONS, _SECURITY, _USAGE),
    tags=("modules",),
)

DASHBOARDS = (OVERVIEW,)
