"""What to look at: the models behind a service."""

from vedette.model.dashboard import Dashboard, Mapping, Panel, Query, Row, Step, Variable
from vedette.model.metric import Metric
from vedette.packs.serving.metrics import (
    CONFIDENCE,
    INFERENCE_SECONDS,
    INFERENCES,
    LOADED,
    PREDICTIONS,
    TOKEN_SECONDS,
    TOKENS,
)
from vedette.packs.serving.thresholds import (
    CONFIDENCE_MINIMUM,
    INFERENCE_ERRORS,
    INFERENCE_LATENCY,
)

_M = 'module=~"$module", model=~"$model"'
_RATE = "$__rate_interval"

MODULE = Variable(name="module", label="Module", query=f"label_values({INFERENCES}, module)")
MODEL = Variable(
    name="model",
    label="Model",
    query=f'label_values({INFERENCES}{{module=~"$module"}}, model)',
)


def _p95(metric: Metric) -> str:
    buckets = f"rate({metric.bucket}{{{_M}}}[{_RATE}])"
    return f"histogram_quantile(0.95, sum by (model, le) ({buckets}))"


_MODELS_NOW = Row(
    title="Now",
    panels=(
        Panel(
            title="Model loaded",
            description="Whether each model can answer.",
            kind="stat",
            width=8,
            height=4,
            queries=(Query(expr=f"min by (model) ({LOADED}{{{_M}}})", legend="{{model}}"),),
            mappings=(
                Mapping(value=1, text="loaded", colour="green"),
                Mapping(value=0, text="not loaded", colour="red"),
            ),
            steps=(Step(colour="red"), Step(colour="green", value=1)),
        ),
        Panel(
            title="Latency p95",
            description=f"Red beyond {INFERENCE_LATENCY:human}.",
            kind="stat",
            unit="s",
            width=8,
            height=4,
            queries=(
                Query(
                    expr=_p95(INFERENCE_SECONDS),
                    legend="{{model}}",
                ),
            ),
            steps=(Step(colour="green"), Step(colour="red", value=INFERENCE_LATENCY)),
        ),
        Panel(
            title="Failed inferences",
            description=f"Share that ended in an error; red beyond {INFERENCE_ERRORS:human}.",
            kind="stat",
            unit="percentunit",
            decimals=1,
            width=8,
            height=4,
            queries=(
                Query(
                    expr=(
                        f'sum by (model) (rate({INFERENCES}{{{_M}, status="error"}}[{_RATE}]))'
                        f" / sum by (model) (rate({INFERENCES}{{{_M}}}[{_RATE}]))"
                    ),
                    legend="{{model}}",
                ),
            ),
            steps=(Step(colour="green"), Step(colour="red", value=INFERENCE_ERRORS)),
        ),
    ),
)
_MODELS_TIME = Row(
    title="Inference",
    panels=(
        Panel(
            title="Inference latency p95",
            description=f"SlowInference fires for what stays above {INFERENCE_LATENCY:human}.",
            unit="s",
            queries=(
                Query(
                    expr=_p95(INFERENCE_SECONDS),
                    legend="{{model}}",
                ),
            ),
            steps=(Step(colour="green"), Step(colour="red", value=INFERENCE_LATENCY)),
        ),
        Panel(
            title="Average inference latency",
            description="The mean hides the slow ones; compare it with p95.",
            unit="s",
            queries=(
                Query(
                    expr=(
                        f"sum by (model) (rate({INFERENCE_SECONDS.sum}{{{_M}}}[{_RATE}]))"
                        f" / sum by (model) (rate({INFERENCE_SECONDS.count}{{{_M}}}[{_RATE}]))"
                    ),
                    legend="{{model}}",
                ),
            ),
        ),
        Panel(
            title="Inferences",
            description="Inferences per second by model and outcome.",
            unit="ops",
            queries=(
                Query(
                    expr=f"sum by (model, status) (rate({INFERENCES}{{{_M}}}[{_RATE}]))",
                    legend="{{model}} {{status}}",
                ),
            ),
        ),
        Panel(
            title="Mean confidence",
            description=f"LowConfidence fires below {CONFIDENCE_MINIMUM:human}.",
            unit="percentunit",
            minimum=0,
            maximum=1,
            queries=(
                Query(
                    expr=(
                        f"sum by (model) (rate({CONFIDENCE.sum}{{{_M}}}[{_RATE}]))"
                        f" / sum by (model) (rate({CONFIDENCE.count}{{{_M}}}[{_RATE}]))"
                    ),
                    legend="{{model}}",
                ),
            ),
            steps=(Step(colour="red"), Step(colour="green", value=CONFIDENCE_MINIMUM)),
        ),
        Panel(
            title="Tokens generated",
            description="Tokens per second by model.",
            unit="short",
            queries=(
                Query(
                    expr=f"sum by (model) (rate({TOKENS}{{{_M}}}[{_RATE}]))",
                    legend="{{model}}",
                ),
            ),
        ),
        Panel(
            title="Time per output token p95",
            description="Rises when the model itself becomes slower, not when answers get longer.",
            unit="s",
            queries=(
                Query(
                    expr=_p95(TOKEN_SECONDS),
                    legend="{{model}}",
                ),
            ),
        ),
        Panel(
            title="Predictions by value",
            description="One value that takes over is a sign of broken inputs.",
            unit="ops",
            width=24,
            stacked=True,
            queries=(
                Query(
                    expr=f"sum by (attribute, value) (rate({PREDICTIONS}{{{_M}}}[{_RATE}]))",
                    legend="{{attribute}} {{value}}",
                ),
            ),
        ),
    ),
)
MODELS = Dashboard(
    uid="vedette-models",
    title="ML metrics",
    description="Do the models answer, how fast, and how sure are they?",
    variables=(MODULE, MODEL),
    rows=(_MODELS_NOW, _MODELS_TIME),
    tags=("serving",),
)
