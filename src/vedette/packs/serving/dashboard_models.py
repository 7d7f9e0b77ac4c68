"""What to look at: the models behind a service."""

from vedette.model.dashboard import Dashboard, Link, Mapping, Panel, Query, Row, Step
from vedette.packs.serving._queries import RATE, SELECTION, quantile, quantiles, variables
from vedette.packs.serving.metrics import (
    CONFIDENCE,
    INFERENCE_SECONDS,
    INFERENCES,
    LOADED,
    PREDICTIONS,
)
from vedette.packs.serving.thresholds import (
    CONFIDENCE_MINIMUM,
    INFERENCE_ERRORS,
    INFERENCE_LATENCY,
)

_M = SELECTION
_BY = "sum by (module, model)"
_NAME = "{{module}} {{model}}"

_NOW = Row(
    title="Now",
    panels=(
        Panel(
            title="Model loaded",
            description="Whether each model can answer.",
            kind="stat",
            height=4,
            queries=(Query(expr=f"min by (module, model) ({LOADED}{{{_M}}})", legend=_NAME),),
            mappings=(
                Mapping(value=1, text="loaded", colour="green"),
                Mapping(value=0, text="not loaded", colour="red"),
            ),
            steps=(Step(colour="red"), Step(colour="green", value=1)),
        ),
        Panel(
            title="Latency p95 by model",
            description=f"Red beyond {INFERENCE_LATENCY:human}.",
            kind="stat",
            unit="s",
            height=4,
            queries=(
                Query(expr=quantile(INFERENCE_SECONDS, 0.95, "module", "model"), legend=_NAME),
            ),
            steps=(Step(colour="green"), Step(colour="red", value=INFERENCE_LATENCY)),
        ),
        Panel(
            title="Failed inferences",
            description=f"Share that ended in an error; red beyond {INFERENCE_ERRORS:human}.",
            kind="stat",
            unit="percentunit",
            decimals=1,
            height=4,
            queries=(
                Query(
                    expr=(
                        f'{_BY} (rate({INFERENCES}{{{_M}, status="error"}}[{RATE}]))'
                        f" / {_BY} (rate({INFERENCES}{{{_M}}}[{RATE}]))"
                    ),
                    legend=_NAME,
                ),
            ),
            steps=(Step(colour="green"), Step(colour="red", value=INFERENCE_ERRORS)),
        ),
    ),
)
_PREDICTIONS = Row(
    title="Predictions",
    panels=(
        Panel(
            title="Predictions by attribute",
            description="Over the time that is shown; one value that takes over is a broken input.",
            kind="piechart",
            decimals=0,
            queries=(
                Query(
                    expr=(
                        f"sum by (attribute, value) (increase({PREDICTIONS}{{{_M}}}[$__range])) > 0"
                    ),
                    legend="{{attribute}} {{value}}",
                    instant=True,
                ),
            ),
        ),
        Panel(
            title="Confidence",
            description="How many predictions were how sure; a band that sinks is a broken input.",
            kind="heatmap",
            unit="percentunit",
            queries=(
                Query(
                    expr=f"sum by (le) (increase({CONFIDENCE.bucket}{{{_M}}}[{RATE}]))",
                    legend="{{le}}",
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
                        f"{_BY} (rate({CONFIDENCE.sum}{{{_M}}}[{RATE}]))"
                        f" / {_BY} (rate({CONFIDENCE.count}{{{_M}}}[{RATE}]))"
                    ),
                    legend=_NAME,
                ),
            ),
            steps=(Step(colour="red"), Step(colour="green", value=CONFIDENCE_MINIMUM)),
        ),
    ),
)
_INFERENCE = Row(
    title="Inference",
    panels=(
        Panel(
            title="Inference latency",
            description="Percentiles that drift apart mean that some inferences wait for others.",
            unit="s",
            width=6,
            queries=quantiles(INFERENCE_SECONDS),
            steps=(Step(colour="green"), Step(colour="red", value=INFERENCE_LATENCY)),
        ),
        Panel(
            title="Inference latency p95",
            description=f"SlowInference fires for what stays above {INFERENCE_LATENCY:human}.",
            unit="s",
            width=6,
            queries=(
                Query(expr=quantile(INFERENCE_SECONDS, 0.95, "module", "model"), legend=_NAME),
            ),
            steps=(Step(colour="green"), Step(colour="red", value=INFERENCE_LATENCY)),
        ),
        Panel(
            title="Average inference latency",
            description="The mean hides the slow ones; compare it with p95.",
            unit="s",
            width=6,
            queries=(
                Query(
                    expr=(
                        f"{_BY} (rate({INFERENCE_SECONDS.sum}{{{_M}}}[{RATE}]))"
                        f" / {_BY} (rate({INFERENCE_SECONDS.count}{{{_M}}}[{RATE}]))"
                    ),
                    legend=_NAME,
                ),
            ),
        ),
        Panel(
            title="Inferences",
            description="Inferences per second by model and outcome.",
            unit="ops",
            width=6,
            queries=(
                Query(
                    expr=(f"sum by (module, model, status) (rate({INFERENCES}{{{_M}}}[{RATE}]))"),
                    legend="{{model}} {{status}}",
                ),
            ),
        ),
    ),
)
MODELS = Dashboard(
    uid="vedette-models",
    title="ML metrics",
    description="Do the models answer, how fast, and how sure are they?",
    variables=variables(INFERENCES),
    rows=(_NOW, _PREDICTIONS, _INFERENCE),
    links=(
        Link(title="The API before them", uid="vedette-api"),
        Link(title="Requests of the service", uid="vedette-http"),
        Link(title="ML training", uid="vedette-training"),
    ),
    tags=("serving",),
)
