"""What to look at: whether services can work."""

from vedette.model.dashboard import Dashboard, Link, Mapping, Panel, Query, Row, Step, Variable
from vedette.packs.health.metrics import PASSING, SECONDS

_M = 'module=~"$module", instance=~"$instance"'
_RATE = "$__rate_interval"
_STATE = (
    Mapping(value=1, text="passes", colour="green"),
    Mapping(value=0, text="fails", colour="red"),
)
_COLOURS = (Step(colour="red"), Step(colour="green", value=1))
_LEGEND = "{{module}}: {{check}}"
_SLOWEST = (
    "histogram_quantile(0.95, sum by (module, check, le) "
    f"(rate({SECONDS.bucket}{{{_M}}}[{_RATE}])))"
)

_NOW = Row(
    title="Now",
    panels=(
        Panel(
            title="Checks",
            description="Whether each check passes at every instance; HealthCheckFailing fires.",
            kind="stat",
            width=16,
            height=5,
            queries=(Query(expr=f"min by (module, check) ({PASSING}{{{_M}}})", legend=_LEGEND),),
            mappings=_STATE,
            steps=_COLOURS,
        ),
        Panel(
            title="Checks that fail",
            description="How many fail or hang, over all instances.",
            kind="stat",
            width=8,
            height=5,
            queries=(Query(expr=f"count({PASSING}{{{_M}}} == 0) or vector(0)"),),
            steps=(Step(colour="green"), Step(colour="red", value=1)),
        ),
    ),
)
_OVER_TIME = Row(
    title="Over time",
    panels=(
        Panel(
            title="Checks over time",
            description="1 passes, 0 fails; several that fail together share a cause.",
            width=12,
            minimum=0,
            maximum=1,
            queries=(
                Query(
                    expr=f"min by (module, instance, check) ({PASSING}{{{_M}}})",
                    legend="{{instance}}: {{check}}",
                ),
            ),
        ),
        Panel(
            title="Time of a check p95",
            description="A check that becomes slow will soon miss its own time limit.",
            unit="s",
            width=12,
            queries=(Query(expr=_SLOWEST, legend=_LEGEND),),
        ),
    ),
)

DASHBOARDS = (
    Dashboard(
        uid="vedette-health",
        title="Health",
        description="Can each service work, and can what it depends on?",
        rows=(_NOW, _OVER_TIME),
        variables=(
            Variable(name="module", label="Module", query=f"label_values({PASSING}, module)"),
            Variable(
                name="instance",
                label="Instance",
                query=f'label_values({PASSING}{{module=~"$module"}}, instance)',
            ),
        ),
        links=(
            Link(title="Requests of the service", uid="vedette-http"),
            Link(title="Databases", uid="vedette-databases"),
            Link(title="Caches", uid="vedette-caches"),
        ),
        tags=("health",),
    ),
)
