"""What to look at: the tasks of a queue."""

from vedette.model.dashboard import Dashboard, Link, Panel, Query, Row, Step, Variable
from vedette.model.metric import Metric
from vedette.packs.tasks.metrics import IN_PROGRESS, SECONDS, TASKS, WAIT_SECONDS
from vedette.packs.tasks.thresholds import FAILURES, WAIT

_M = 'module=~"$module", instance=~"$instance"'
_RATE = "$__rate_interval"
_TASK = "{{task}}"
_FINISHED = 'state=~"success|failure"'


def _p95(metric: Metric) -> str:
    buckets = f"rate({metric.bucket}{{{_M}}}[{_RATE}])"
    return f"histogram_quantile(0.95, sum by (task, le) ({buckets}))"


_FAILED = (
    f'sum by (task) (rate({TASKS}{{{_M}, state="failure"}}[{_RATE}]))'
    f" / sum by (task) (rate({TASKS}{{{_M}, {_FINISHED}}}[{_RATE}]))"
)

_NOW = Row(
    title="Now",
    panels=(
        Panel(
            title="Runs",
            description="Runs per second that ended, of all tasks.",
            kind="stat",
            unit="ops",
            width=6,
            height=4,
            queries=(Query(expr=f"sum(rate({TASKS}{{{_M}}}[{_RATE}]))"),),
            steps=(Step(colour="blue"),),
        ),
        Panel(
            title="In progress",
            description="As many as there are workers: all are busy, and the queue grows.",
            kind="stat",
            width=6,
            height=4,
            queries=(Query(expr=f"sum({IN_PROGRESS}{{{_M}}})"),),
            steps=(Step(colour="blue"),),
        ),
        Panel(
            title="Failed",
            description=f"Share of runs; TasksFailing fires beyond {FAILURES:human}.",
            kind="stat",
            unit="percentunit",
            decimals=1,
            width=6,
            height=4,
            queries=(Query(expr=_FAILED, legend=_TASK),),
            steps=(Step(colour="green"), Step(colour="red", value=FAILURES)),
        ),
        Panel(
            title="Queue wait p95",
            description=f"TasksWaiting fires beyond {WAIT:human}.",
            kind="stat",
            unit="s",
            width=6,
            height=4,
            queries=(Query(expr=_p95(WAIT_SECONDS), legend=_TASK),),
            steps=(Step(colour="green"), Step(colour="red", value=WAIT)),
        ),
    ),
)
_OVER_TIME = Row(
    title="Over time",
    panels=(
        Panel(
            title="Runs by task and state",
            description="Retries that rise are failures that nobody sees yet.",
            unit="ops",
            width=12,
            queries=(
                Query(
                    expr=f"sum by (task, state) (rate({TASKS}{{{_M}}}[{_RATE}]))",
                    legend="{{task}} {{state}}",
                ),
            ),
        ),
        Panel(
            title="In progress by task",
            description="One task that fills all workers holds up the others.",
            width=12,
            queries=(Query(expr=f"sum by (task) ({IN_PROGRESS}{{{_M}}})", legend=_TASK),),
        ),
        Panel(
            title="Duration p95",
            description="19 of 20 runs are faster.",
            unit="s",
            width=12,
            queries=(Query(expr=_p95(SECONDS), legend=_TASK),),
        ),
        Panel(
            title="Queue wait p95 by task",
            description=f"TasksWaiting fires for what stays above {WAIT:human}.",
            unit="s",
            width=12,
            queries=(Query(expr=_p95(WAIT_SECONDS), legend=_TASK),),
            steps=(Step(colour="green"), Step(colour="red", value=WAIT)),
        ),
    ),
)

DASHBOARDS = (
    Dashboard(
        uid="vedette-tasks",
        title="Tasks",
        description="Are the tasks of the queues run, soon enough and without failing?",
        rows=(_NOW, _OVER_TIME),
        variables=(
            Variable(name="module", label="Module", query=f"label_values({TASKS}, module)"),
            Variable(
                name="instance",
                label="Instance",
                query=f'label_values({TASKS}{{module=~"$module"}}, instance)',
            ),
        ),
        links=(Link(title="The process", uid="vedette-process"),),
        tags=("tasks",),
    ),
)
