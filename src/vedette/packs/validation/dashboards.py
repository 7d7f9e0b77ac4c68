"""What to look at: data checks."""

from vedette.model.dashboard import Dashboard, Link, Mapping, Panel, Query, Row, Step, Variable
from vedette.packs.validation.metrics import CHECKS, LAST_RESULT
from vedette.packs.validation.thresholds import FAILURES

_M = 'module=~"$module", instance=~"$instance"'
_RATE = "$__rate_interval"
_CHECK = "{{check_name}}"

DASHBOARDS = (
    Dashboard(
        uid="vedette-validation",
        title="Data validation",
        description="Is the data that comes in what it should be?",
        variables=(
            Variable(name="module", label="Module", query=f"label_values({CHECKS}, module)"),
            Variable(
                name="instance",
                label="Instance",
                query=f'label_values({CHECKS}{{module=~"$module"}}, instance)',
            ),
        ),
        rows=(
            Row(
                title="Checks",
                panels=(
                    Panel(
                        title="Last result",
                        description="Of each check's latest run.",
                        kind="stat",
                        width=24,
                        height=4,
                        queries=(
                            Query(
                                expr=f"min by (check_name) ({LAST_RESULT}{{{_M}}})",
                                legend=_CHECK,
                            ),
                        ),
                        mappings=(
                            Mapping(value=1, text="passed", colour="green"),
                            Mapping(value=0, text="failed", colour="red"),
                        ),
                        steps=(Step(colour="red"), Step(colour="green", value=1)),
                    ),
                    Panel(
                        title="Failed share",
                        description=f"DataCheckFailing fires beyond {FAILURES:human}.",
                        unit="percentunit",
                        minimum=0,
                        width=12,
                        queries=(
                            Query(
                                expr=(
                                    "sum by (check_name) "
                                    f'(rate({CHECKS}{{{_M}, status="failure"}}[{_RATE}]))'
                                    f" / sum by (check_name) (rate({CHECKS}{{{_M}}}[{_RATE}]))"
                                ),
                                legend=_CHECK,
                            ),
                        ),
                        steps=(Step(colour="green"), Step(colour="red", value=FAILURES)),
                    ),
                    Panel(
                        title="Checks run",
                        description="Runs per second by outcome.",
                        unit="ops",
                        width=12,
                        stacked=True,
                        queries=(
                            Query(
                                expr=(
                                    f"sum by (check_name, status) (rate({CHECKS}{{{_M}}}[{_RATE}]))"
                                ),
                                legend="{{check_name}} {{status}}",
                            ),
                        ),
                    ),
                ),
            ),
        ),
        links=(Link(title="The models that are fed", uid="vedette-models"),),
        tags=("validation",),
    ),
)
