"""What to look at: training runs."""

from vedette.model.dashboard import (
    Colour,
    Dashboard,
    Link,
    Mapping,
    Panel,
    Query,
    Row,
    Step,
    Variable,
)
from vedette.model.metric import Metric
from vedette.packs.training import metrics
from vedette.packs.training.metrics import (
    BATCH_SIZE,
    DATA_WAIT,
    EPOCH,
    EPOCH_PROGRESS,
    GRADIENT_NORM,
    LAST_STEP,
    LEARNING_RATE,
    NOT_FINITE,
    SAMPLES,
    STATE,
    STEP_SECONDS,
    STEPS,
    TRAINING_LOSS,
    VALIDATION_ACCURACY,
    VALIDATION_F1,
    VALIDATION_LOSS,
    VALIDATION_PRECISION,
    VALIDATION_RECALL,
)
from vedette.packs.training.thresholds import LOSS, STALLED
from vedette.packs.training.thresholds import NOT_FINITE as NOT_FINITE_LIMIT

_WHERE = 'module=~"$module", instance=~"$instance"'
_M = f'{_WHERE}, model=~"$model", run=~"$run"'
_RATE = "$__rate_interval"
_BY = "by (model, run)"
_RUN = "{{model}} {{run}}"
_BLUE = (Step(colour="blue"),)
_COLOURS: dict[str, Colour] = {
    metrics.RUNNING: "blue",
    metrics.IDLE: "text",
    metrics.FINISHED: "green",
    metrics.STOPPED: "yellow",
    metrics.FAILED: "red",
}
_STATES = tuple(
    Mapping(value=number, text=state, colour=_COLOURS[state])
    for number, state in enumerate(metrics.STATES, 1)
)


def _latest(metric: Metric, legend: str = "") -> Query:
    return Query(expr=f"max {_BY} ({metric}{{{_M}}})", legend=f"{_RUN}{legend}")


def _rate(metric: object) -> str:
    return f"sum {_BY} (rate({metric}{{{_M}}}[{_RATE}]))"


def _p95() -> str:
    buckets = f"rate({STEP_SECONDS.bucket}{{{_M}}}[{_RATE}])"
    return f"histogram_quantile(0.95, sum by (model, run, le) ({buckets}))"


_NOW = Row(
    title="Now",
    panels=(
        Panel(
            title="State",
            description="What each run does; TrainingStalled tells of one that only says so.",
            kind="stat",
            width=6,
            height=4,
            queries=(
                Query(
                    expr=(
                        " or ".join(
                            f'{number} * max {_BY} ({STATE}{{{_M}, state="{state}"}} == 1)'
                            for number, state in enumerate(metrics.STATES, 1)
                        )
                    ),
                    legend=_RUN,
                ),
            ),
            mappings=_STATES,
            steps=(Step(colour="text"),),
        ),
        Panel(
            title="Training loss",
            description=f"Of the latest step; red beyond {LOSS:human}.",
            kind="stat",
            width=6,
            height=4,
            decimals=3,
            queries=(_latest(TRAINING_LOSS),),
            steps=(Step(colour="green"), Step(colour="red", value=LOSS)),
        ),
        Panel(
            title="Validation loss",
            description="On data that the model is not trained on.",
            kind="stat",
            width=6,
            height=4,
            decimals=3,
            queries=(_latest(VALIDATION_LOSS),),
            steps=_BLUE,
        ),
        Panel(
            title="Last step",
            description=f"Time since the latest step of a run; red beyond {STALLED:human}.",
            kind="stat",
            unit="s",
            width=6,
            height=4,
            queries=(
                Query(
                    expr=(
                        f"time() - max {_BY} ({LAST_STEP}{{{_M}}})"
                        f' and max {_BY} ({STATE}{{{_M}, state="{metrics.RUNNING}"}}) == 1'
                    ),
                    legend=_RUN,
                ),
            ),
            steps=(Step(colour="green"), Step(colour="red", value=STALLED)),
        ),
    ),
)
_CURVES = Row(
    title="Does it learn?",
    panels=(
        Panel(
            title="Loss",
            description="Both should fall; validation that rises again means overfitting.",
            queries=(_latest(TRAINING_LOSS, " training"), _latest(VALIDATION_LOSS, " validation")),
            steps=(Step(colour="green"), Step(colour="red", value=LOSS)),
        ),
        Panel(
            title="Validation quality",
            description="Accuracy, precision, recall and F1 on other data; all should rise.",
            unit="percentunit",
            minimum=0,
            maximum=1,
            queries=(
                _latest(VALIDATION_ACCURACY, " accuracy"),
                _latest(VALIDATION_PRECISION, " precision"),
                _latest(VALIDATION_RECALL, " recall"),
                _latest(VALIDATION_F1, " F1"),
            ),
        ),
        Panel(
            title="Gradient norm",
            description="Steady or slowly falling is well; GradientExplosion tells of jumps.",
            queries=(_latest(GRADIENT_NORM),),
        ),
        Panel(
            title="Learning rate",
            description="As the schedule wants it: a warm-up, then a slow fall, or flat.",
            queries=(_latest(LEARNING_RATE),),
        ),
        Panel(
            title="Epoch",
            description="Epochs that are done and the share of the current one.",
            queries=(_latest(EPOCH, " epoch"), _latest(EPOCH_PROGRESS, " progress")),
        ),
        Panel(
            title="Numbers that are none",
            description=(
                f"NaN, infinite and masked values so far; more than {NOT_FINITE_LIMIT:human} in "
                "half an hour fire TrainingNotFinite."
            ),
            queries=(
                Query(
                    expr=f"sum by (model, run, kind) ({NOT_FINITE}{{{_M}}})",
                    legend=f"{_RUN} {{{{kind}}}}",
                ),
            ),
        ),
    ),
)
_PACE = Row(
    title="How fast?",
    panels=(
        Panel(
            title="Steps",
            description="Steps per second; 0 while a run is under way means stalled.",
            unit="ops",
            queries=(Query(expr=_rate(STEPS), legend=_RUN),),
        ),
        Panel(
            title="Samples",
            description="Samples per second: what a change of the batch size really brings.",
            queries=(Query(expr=_rate(SAMPLES), legend=_RUN), _latest(BATCH_SIZE, " in a batch")),
        ),
        Panel(
            title="Step time",
            description="The 95th percentile, the mean, and the part that was spent on waiting.",
            unit="s",
            queries=(
                Query(expr=_p95(), legend=f"{_RUN} p95"),
                Query(
                    expr=f"{_rate(STEP_SECONDS.sum)} / {_rate(STEP_SECONDS.count)}",
                    legend=f"{_RUN} mean",
                ),
                Query(expr=f"{_rate(DATA_WAIT)} / {_rate(STEPS)}", legend=f"{_RUN} data wait"),
            ),
        ),
    ),
)


def _choice(label: str, title: str, where: str) -> Variable:
    return Variable(name=label, label=title, query=f"label_values({STEPS}{where}, {label})")


DASHBOARDS = (
    Dashboard(
        uid="vedette-training",
        title="ML training",
        description="Do the training runs move, and does their loss fall?",
        variables=(
            _choice("module", "Module", ""),
            _choice("instance", "Instance", '{module=~"$module"}'),
            _choice("model", "Model", f"{{{_WHERE}}}"),
            _choice("run", "Run", f'{{{_WHERE}, model=~"$model"}}'),
        ),
        rows=(_NOW, _CURVES, _PACE),
        links=(
            Link(title="RLHF", uid="vedette-rlhf"),
            Link(title="The models in service", uid="vedette-models"),
            Link(title="GPU", uid="vedette-gpu"),
            Link(title="Process", uid="vedette-process"),
        ),
        tags=("training",),
    ),
)
