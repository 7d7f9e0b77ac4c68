"""What to look at: how much programs complain."""

from vedette.model.dashboard import Dashboard, Link, Panel, Query, Row, Step, Variable
from vedette.packs.logs.metrics import MESSAGES
from vedette.packs.logs.thresholds import ERRORS

_M = 'module=~"$module", instance=~"$instance"'
_RATE = "$__rate_interval"
_ERRORS = 'level=~"ERROR|CRITICAL"'

_NOW = Row(
    title="Now",
    panels=(
        Panel(
            title="Errors",
            description=f"Errors per second; LogErrors fires beyond {ERRORS:human}.",
            kind="stat",
            unit="ops",
            decimals=2,
            width=8,
            height=4,
            queries=(
                Query(
                    expr=f"sum by (module) (rate({MESSAGES}{{{_M}, {_ERRORS}}}[{_RATE}]))",
                    legend="{{module}}",
                ),
            ),
            steps=(Step(colour="green"), Step(colour="red", value=ERRORS)),
        ),
        Panel(
            title="Warnings",
            description="Warnings per second: more than before deserve a look.",
            kind="stat",
            unit="ops",
            decimals=2,
            width=8,
            height=4,
            queries=(
                Query(
                    expr=f'sum by (module) (rate({MESSAGES}{{{_M}, level="WARNING"}}[{_RATE}]))',
                    legend="{{module}}",
                ),
            ),
            steps=(Step(colour="blue"),),
        ),
        Panel(
            title="Messages",
            description="All messages per second; logging itself costs time when there are many.",
            kind="stat",
            unit="ops",
            decimals=1,
            width=8,
            height=4,
            queries=(
                Query(
                    expr=f"sum by (module) (rate({MESSAGES}{{{_M}}}[{_RATE}]))",
                    legend="{{module}}",
                ),
            ),
            steps=(Step(colour="blue"),),
        ),
    ),
)
_OVER_TIME = Row(
    title="Over time",
    panels=(
        Panel(
            title="Messages by level",
            description="A new level or a jump shows when something began.",
            unit="ops",
            width=12,
            stacked=True,
            queries=(
                Query(
                    expr=f"sum by (level) (rate({MESSAGES}{{{_M}}}[{_RATE}]))",
                    legend="{{level}}",
                ),
            ),
        ),
        Panel(
            title="Errors by logger",
            description=f"Which part complains most; LogErrors fires beyond {ERRORS:human} in all.",
            unit="ops",
            width=12,
            queries=(
                Query(
                    expr=f"sum by (module, logger) (rate({MESSAGES}{{{_M}, {_ERRORS}}}[{_RATE}]))",
                    legend="{{module}}: {{logger}}",
                ),
            ),
            steps=(Step(colour="green"), Step(colour="red", value=ERRORS)),
        ),
    ),
)

DASHBOARDS = (
    Dashboard(
        uid="vedette-logs",
        title="Logs",
        description="How much does each service complain, and which part of it?",
        rows=(_NOW, _OVER_TIME),
        variables=(
            Variable(name="module", label="Module", query=f"label_values({MESSAGES}, module)"),
            Variable(
                name="instance",
                label="Instance",
                query=f'label_values({MESSAGES}{{module=~"$module"}}, instance)',
            ),
        ),
        links=(
            Link(title="Requests of the service", uid="vedette-http"),
            Link(title="Process", uid="vedette-process"),
        ),
        tags=("logs",),
    ),
)
