"""What to look at: jobs that end."""

from vedette.model.dashboard import Dashboard, Link, Mapping, Panel, Query, Row, Step, Variable
from vedette.model.job import LAST_END, LAST_FAILED, LAST_SECONDS, RUNS, SECONDS

_JOB = 'module=~"$module"'
_NAME = "{{module}}"

# Of what is now the moment itself is asked: over a day the last step is up to ten minutes old.
_NOW = Row(
    title="Now",
    panels=(
        Panel(
            title="Failed",
            description="Jobs whose last run failed; JobFailed fires for each.",
            kind="stat",
            width=6,
            height=4,
            queries=(Query(expr=f"sum({LAST_FAILED}{{{_JOB}}})", instant=True),),
            steps=(Step(colour="green"), Step(colour="red", value=1)),
        ),
        Panel(
            title="Jobs",
            description="Jobs that ended at least once within the last 90 days.",
            kind="stat",
            width=6,
            height=4,
            queries=(Query(expr=f"count({LAST_END}{{{_JOB}}})", instant=True),),
            steps=(Step(colour="blue"),),
        ),
        Panel(
            title="Runs",
            description="Runs that ended within the time that is shown.",
            kind="stat",
            width=6,
            height=4,
            decimals=0,
            queries=(Query(expr=f"sum(increase({RUNS}{{{_JOB}}}[$__range]))", instant=True),),
            steps=(Step(colour="blue"),),
        ),
        Panel(
            title="Since the last end",
            description="Of the job that ended last; compare it with how often they should run.",
            kind="stat",
            unit="s",
            width=6,
            height=4,
            queries=(Query(expr=f"min(time() - {LAST_END}{{{_JOB}}})", instant=True),),
            steps=(Step(colour="blue"),),
        ),
    ),
)
_EACH = Row(
    title="Each job",
    panels=(
        Panel(
            title="Last run",
            description="How the last run of each job ended.",
            kind="stat",
            width=12,
            queries=(Query(expr=f"{LAST_FAILED}{{{_JOB}}}", legend=_NAME, instant=True),),
            steps=(Step(colour="green"), Step(colour="red", value=1)),
            mappings=(
                Mapping(value=0, text="succeeded", colour="green"),
                Mapping(value=1, text="failed", colour="red"),
            ),
        ),
        Panel(
            title="Ended before",
            description="How long ago each job ended; a nightly one stays below a day.",
            kind="bargauge",
            unit="s",
            width=12,
            minimum=0,
            queries=(Query(expr=f"time() - {LAST_END}{{{_JOB}}}", legend=_NAME, instant=True),),
            steps=(Step(colour="blue"),),
        ),
    ),
)
_TIME = Row(
    title="Over time",
    panels=(
        Panel(
            title="Duration of the last run",
            description="Flat is well; a slow rise tells that the work grows.",
            unit="s",
            width=8,
            minimum=0,
            queries=(Query(expr=f"{LAST_SECONDS}{{{_JOB}}}", legend=_NAME),),
        ),
        Panel(
            title="Runs per hour",
            description="As regular as the jobs' timetable, and none that failed.",
            width=8,
            minimum=0,
            queries=(
                Query(
                    expr=f"sum by (module, status) (increase({RUNS}{{{_JOB}}}[1h]))",
                    legend="{{module}} {{status}}",
                ),
            ),
        ),
        Panel(
            title="Duration, mean of a day",
            description="Over all runs of the day before; steadier than the last run alone.",
            unit="s",
            width=8,
            minimum=0,
            queries=(
                Query(
                    expr=(
                        f"sum by (module) (increase({SECONDS.sum}{{{_JOB}}}[1d]))"
                        f" / sum by (module) (increase({SECONDS.count}{{{_JOB}}}[1d]))"
                    ),
                    legend=_NAME,
                ),
            ),
        ),
    ),
)

DASHBOARDS = (
    Dashboard(
        uid="vedette-jobs",
        title="Jobs",
        description="Did every job run, and did it succeed?",
        rows=(_NOW, _EACH, _TIME),
        variables=(
            Variable(name="module", label="Job", query=f"label_values({LAST_END}, module)"),
        ),
        links=(Link(title="The stack itself", uid="vedette-stack"),),
        tags=("jobs",),
        span="1d",
        refresh="30s",
    ),
)
