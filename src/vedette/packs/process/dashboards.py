"""What to look at: the services' own processes."""

from vedette.model.dashboard import Dashboard, Panel, Query, Row, Step, Variable
from vedette.packs.process.metrics import CPU, RAM
from vedette.packs.process.thresholds import GROWTH
from vedette.sdk.instruments import LOST

_M = 'module=~"$module"'
_WHO = "{{module}} {{instance}}"

DASHBOARDS = (
    Dashboard(
        uid="vedette-process",
        title="Process",
        description="What do the services cost: processor and memory?",
        variables=(Variable(name="module", label="Module", query=f"label_values({RAM}, module)"),),
        rows=(
            Row(
                title="Now",
                panels=(
                    Panel(
                        title="Processor",
                        description="Percent of one core; 200 is two cores.",
                        kind="stat",
                        unit="percent",
                        width=8,
                        height=4,
                        queries=(Query(expr=f"sum({CPU}{{{_M}}})"),),
                        steps=(Step(colour="blue"),),
                    ),
                    Panel(
                        title="Memory",
                        description="Resident memory of all chosen processes.",
                        kind="stat",
                        unit="bytes",
                        width=8,
                        height=4,
                        queries=(Query(expr=f"sum({RAM}{{{_M}}})"),),
                        steps=(Step(colour="blue"),),
                    ),
                    Panel(
                        title="Values lost",
                        description="Values that were not recorded in 5 minutes; 0 is healthy.",
                        kind="stat",
                        width=8,
                        height=4,
                        queries=(Query(expr=f"sum(increase({LOST}{{{_M}}}[5m]))"),),
                        steps=(Step(colour="green"), Step(colour="red", value=1)),
                    ),
                ),
            ),
            Row(
                title="Over time",
                panels=(
                    Panel(
                        title="Processor by process",
                        description="Percent of one core.",
                        unit="percent",
                        minimum=0,
                        width=12,
                        queries=(Query(expr=f"{CPU}{{{_M}}}", legend=_WHO),),
                    ),
                    Panel(
                        title="Memory by process",
                        description=f"MemoryGrowth fires for {GROWTH:human} more within 5 minutes.",
                        unit="bytes",
                        minimum=0,
                        width=12,
                        queries=(Query(expr=f"{RAM}{{{_M}}}", legend=_WHO),),
                    ),
                ),
            ),
        ),
        tags=("process",),
    ),
)
