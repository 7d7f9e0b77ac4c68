"""What to look at: what users do."""

from vedette.model.dashboard import Dashboard, Link, Panel, Query, Row, Step, Variable
from vedette.packs.business.metrics import ACTIVE_USERS, FEATURE_USAGE, OPERATIONS
from vedette.packs.business.thresholds import SUCCESS

_M = 'module=~"$module", instance=~"$instance"'
_RATE = "$__rate_interval"
# A product may record any one of them without the others.
_NAMES = f'__name__=~"{ACTIVE_USERS}|{FEATURE_USAGE}|{OPERATIONS}"'
_ANY = f"{{{_NAMES}}}"
_ANY_OF_MODULE = f'{{{_NAMES}, module=~"$module"}}'
_DONE = f"sum by (operation) (rate({OPERATIONS}{{{_M}}}[{_RATE}]))"
_WELL = f'sum by (operation) (rate({OPERATIONS}{{{_M}, status="success"}}[{_RATE}]))'
_STEPS = (Step(colour="red"), Step(colour="green", value=SUCCESS))

_NOW = Row(
    title="Now",
    panels=(
        Panel(
            title="Active users now",
            description="People who use the product at present.",
            kind="stat",
            width=12,
            height=4,
            queries=(Query(expr=f"sum by (module) ({ACTIVE_USERS}{{{_M}}})", legend="{{module}}"),),
            steps=(Step(colour="blue"),),
        ),
        Panel(
            title="Success rate now",
            description=f"Share of attempts that work out; red below {SUCCESS:human}.",
            kind="stat",
            unit="percentunit",
            decimals=1,
            width=12,
            height=4,
            queries=(Query(expr=f"{_WELL} / {_DONE}", legend="{{operation}}"),),
            steps=_STEPS,
        ),
    ),
)
_TIME = Row(
    title="Over time",
    panels=(
        Panel(
            title="Active users",
            description="Follows the day and the week; a sudden fall is an outage that users see.",
            width=12,
            queries=(Query(expr=f"sum by (module) ({ACTIVE_USERS}{{{_M}}})", legend="{{module}}"),),
        ),
        Panel(
            title="Success rate",
            description=f"LowSuccessRate fires below {SUCCESS:human}.",
            unit="percentunit",
            minimum=0,
            maximum=1,
            width=12,
            queries=(Query(expr=f"{_WELL} / {_DONE}", legend="{{operation}}"),),
            steps=_STEPS,
        ),
        Panel(
            title="Feature usage",
            description="Uses per second; a feature that nobody uses is seen here.",
            unit="ops",
            width=12,
            stacked=True,
            queries=(
                Query(
                    expr=f"sum by (feature) (rate({FEATURE_USAGE}{{{_M}}}[{_RATE}]))",
                    legend="{{feature}}",
                ),
            ),
        ),
        Panel(
            title="Attempts",
            description="Attempts per second by operation, whether they worked out or not.",
            unit="ops",
            width=12,
            queries=(Query(expr=_DONE, legend="{{operation}}"),),
        ),
    ),
)

DASHBOARDS = (
    Dashboard(
        uid="vedette-business",
        title="Business metrics",
        description="What do users do, and does it work out for them?",
        variables=(
            Variable(name="module", label="Module", query=f"label_values({_ANY}, module)"),
            Variable(
                name="instance",
                label="Instance",
                query=f"label_values({_ANY_OF_MODULE}, instance)",
            ),
        ),
        rows=(_NOW, _TIME),
        links=(Link(title="Application performance", uid="vedette-http"),),
        tags=("business",),
    ),
)
