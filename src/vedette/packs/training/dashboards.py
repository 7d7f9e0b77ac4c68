"""What to look at: training runs."""

from vedette.model.dashboard import Dashboard, Mapping, Panel, Query, Row, Step, Variable
from vedette.packs.training.metrics import (
    ACTIVE,
    EPOCH_PROGRESS,
    STEPS,
    TRAINING_LOSS,
    VALIDATION_LOSS,
)
from vedette.packs.training.thresholds import LOSS

_M = 'module=~"$module", model=~"$model"'
_MODEL = "{{model}}"

_NOW = Row(
    title="Now",
    panels=(
        Panel(
            title="Training",
            description="Whether a run is under way.",
            kind="stat",
            width=6,
            height=4,
            queries=(Query(expr=f"max by (model) ({ACTIVE}{{{_M}}})", legend=_MODEL),),
            mappings=(
                Mapping(value=1, text="running", colour="blue"),
                Mapping(value=0, text="done", colour="green"),
            ),
            steps=(Step(colour="green"),),
        ),
        Panel(
            title="Training loss",
            description=f"Of the latest step; red beyond {LOSS:human}.",
            kind="stat",
            width=6,
            height=4,
            decimals=3,
            queries=(Query(expr=f"max by (model) ({TRAINING_LOSS}{{{_M}}})", legend=_MODEL),),
            steps=(Step(colour="green"), Step(colour="red", value=LOSS)),
        ),
        Panel(
            title="Validation loss",
            description="On data that the model is not trained on.",
            kind="stat",
            width=6,
            height=4,
            decimals=3,
            queries=(Query(expr=f"max by (model) ({VALIDATION_LOSS}{{{_M}}})", legend=_MODEL),),
            steps=(Step(colour="blue"),),
        ),
        Panel(
            title="Epoch",
            description="Share of the current epoch that is done.",
            kind="stat",
            unit="percentunit",
            width=6,
            height=4,
            queries=(Query(expr=f"max by (model) ({EPOCH_PROGRESS}{{{_M}}})", legend=_MODEL),),
            steps=(Step(colour="blue"),),
        ),
    ),
)
_CURVES = Row(
    title="Curves",
    panels=(
        Panel(
            title="Loss",
            description="Both should fall; validation that rises again means overfitting.",
            width=12,
            queries=(
                Query(
                    expr=f"max by (model) ({TRAINING_LOSS}{{{_M}}})",
                    legend="{{model}} training",
                ),
                Query(
                    expr=f"max by (model) ({VALIDATION_LOSS}{{{_M}}})",
                    legend="{{model}} validation",
                ),
            ),
        ),
        Panel(
            title="Steps",
            description="Steps done so far; flat while a run is under way means stalled.",
            width=12,
            queries=(Query(expr=f"sum by (model) ({STEPS}{{{_M}}})", legend=_MODEL),),
        ),
    ),
)

DASHBOARDS = (
    Dashboard(
        uid="vedette-training",
        title="Training",
        description="Do the training runs move, and does their loss fall?",
        variables=(
            Variable(name="module", label="Module", query=f"label_values({STEPS}, module)"),
            Variable(
                name="model",
                label="Model",
                query=f'label_values({STEPS}{{module=~"$module"}}, model)',
            ),
        ),
        rows=(_NOW, _CURVES),
        tags=("training",),
    ),
)
