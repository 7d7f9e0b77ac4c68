"""What to look at: the services' own processes; the other page shows their machines."""

from vedette.model.dashboard import Dashboard, Link, Panel, Query, Row, Step, Variable
from vedette.packs.process import metrics, thresholds
from vedette.packs.process.dashboard_machine import MACHINE
from vedette.packs.process.metrics import CPU, RAM
from vedette.packs.process.thresholds import GROWTH
from vedette.sdk.instruments import LOST

_M = 'module=~"$module", instance=~"$instance"'
_RATE = "$__rate_interval"
_WHO = "{{module}} {{instance}}"
_FILES = (
    Step(colour="green"),
    Step(colour="red", value=thresholds.OPEN_FILES),
)

_NOW = Row(
    title="Now",
    panels=(
        Panel(
            title="Processor",
            description="Percent of one core; 200 is two cores.",
            kind="stat",
            unit="percent",
            width=6,
            height=4,
            queries=(Query(expr=f"sum({CPU}{{{_M}}})"),),
            steps=(Step(colour="blue"),),
        ),
        Panel(
            title="Memory",
            description="Resident memory of all chosen processes.",
            kind="stat",
            unit="bytes",
            width=6,
            height=4,
            queries=(Query(expr=f"sum({RAM}{{{_M}}})"),),
            steps=(Step(colour="blue"),),
        ),
        Panel(
            title="Open files",
            description=(
                "Share of what a process may open, of the one nearest to its limit; "
                f"OpenFilesHigh fires beyond {thresholds.OPEN_FILES:human}."
            ),
            kind="stat",
            unit="percentunit",
            decimals=0,
            width=6,
            height=4,
            queries=(
                Query(
                    expr=(
                        f"max({metrics.OPEN_FILES}{{{_M}}} / {metrics.OPEN_FILES_LIMIT}{{{_M}}})"
                    ),
                ),
            ),
            steps=_FILES,
        ),
        Panel(
            title="Values lost",
            description="Values that were not recorded in 5 minutes; 0 is healthy.",
            kind="stat",
            width=6,
            height=4,
            queries=(Query(expr=f"sum(increase({LOST}{{{_M}}}[5m]))"),),
            steps=(Step(colour="green"), Step(colour="red", value=1)),
        ),
    ),
)
_TIME = Row(
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
        Panel(
            title="Blocks of code",
            description="95th percentile of what measure_time measures, by its name.",
            unit="s",
            queries=(
                Query(
                    expr=(
                        "histogram_quantile(0.95, sum by (operation, le) "
                        f"(rate({metrics.OPERATION_SECONDS.bucket}{{{_M}}}[{_RATE}])))"
                    ),
                    legend="{{operation}}",
                ),
            ),
        ),
        Panel(
            title="Disk traffic by process",
            description="Bytes per second that really went to or came from disks.",
            unit="Bps",
            queries=(
                Query(
                    expr=f"rate({metrics.DISK}{{{_M}}}[{_RATE}])",
                    legend=f"{_WHO} {{{{direction}}}}",
                ),
            ),
        ),
        Panel(
            title="Threads and open files",
            description="Both stay level in a healthy service; a straight line is a leak.",
            queries=(
                Query(expr=f"{metrics.THREADS}{{{_M}}}", legend=f"{_WHO} threads"),
                Query(expr=f"{metrics.OPEN_FILES}{{{_M}}}", legend=f"{_WHO} files"),
            ),
        ),
    ),
)
_CHILDREN = Row(
    title="Children",
    panels=(
        Panel(
            title="Processor by child",
            description="Share of one core by program: data loaders, workers, tools.",
            unit="percentunit",
            minimum=0,
            stacked=True,
            queries=(
                Query(
                    expr=f"sum by (process) (rate({metrics.CHILD_CPU}{{{_M}}}[{_RATE}]))",
                    legend="{{process}}",
                ),
            ),
        ),
        Panel(
            title="Memory by child",
            description="Resident memory by program; what children share is counted for each.",
            unit="bytes",
            minimum=0,
            stacked=True,
            queries=(
                Query(
                    expr=f"sum by (process) ({metrics.CHILD_MEMORY}{{{_M}}})",
                    legend="{{process}}",
                ),
            ),
        ),
        Panel(
            title="Number of children",
            description="Workers that are started and never end make it grow.",
            minimum=0,
            queries=(Query(expr=f"{metrics.CHILDREN}{{{_M}}}", legend=_WHO),),
        ),
    ),
)

DASHBOARDS = (
    Dashboard(
        uid="vedette-process",
        title="Process",
        description="What do the services cost: processor, memory, files, children?",
        variables=(
            Variable(name="module", label="Module", query=f"label_values({RAM}, module)"),
            Variable(
                name="instance",
                label="Instance",
                query=f'label_values({RAM}{{module=~"$module"}}, instance)',
            ),
        ),
        links=(
            Link(title="Machine", uid=MACHINE.uid),
            Link(title="System overview", uid="vedette-host"),
            Link(title="GPU", uid="vedette-gpu"),
        ),
        rows=(_NOW, _TIME, _CHILDREN),
        tags=("process",),
    ),
    MACHINE,
)
