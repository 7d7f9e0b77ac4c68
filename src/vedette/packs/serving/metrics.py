"""Models behind a service: the names are contracts."""

from vedette.model.metric import Metric

OUTCOMES = ("ok", "error")

INFERENCE_SECONDS = Metric(
    name="model_inference_latency_seconds",
    kind="histogram",
    help="Time that a model needs for one inference.",
    unit="seconds",
    labels=("model",),
    # Fine below 100 ms, where classifiers live, and up to a slow generation.
    buckets=(
        *(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5),
        *(0.75, 1.0, 1.5, 2.0, 3.0, 5.0, 10.0, 20.0, 40.0),
    ),
)
INFERENCES = Metric(
    name="model_requests_total",
    kind="counter",
    help="Inferences that a model was asked for, by how they ended.",
    labels=("model", "status"),
    values={"status": OUTCOMES},
)
PREDICTIONS = Metric(
    name="model_predictions_total",
    kind="counter",
    help="Predictions by what was predicted.",
    labels=("model", "attribute", "value"),
)
CONFIDENCE = Metric(
    name="model_confidence_score",
    kind="histogram",
    help="How sure a model was of its prediction, from 0 to 1.",
    unit="ratio",
    labels=("model",),
    buckets=(0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1.0),
    range=(0, 1),
    waiver="model_confidence_score is the name that existing dashboards use",
)
LOADED = Metric(
    name="model_loaded",
    kind="gauge",
    help="1 where the model is loaded and can answer, 0 where it cannot.",
    labels=("model",),
    range=(0, 1),
    workers="min",
)
TOKENS = Metric(
    name="tokens_generated_total",
    kind="counter",
    help="Tokens that a model produced.",
    labels=("model",),
)
TOKEN_SECONDS = Metric(
    name="model_time_per_output_token_seconds",
    kind="histogram",
    help="Time of an inference divided by the tokens that it produced.",
    unit="seconds",
    labels=("model",),
    buckets=(
        *(0.00001, 0.000025, 0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005),
        *(0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.5, 1.0, 2.5),
    ),
)

METRICS = (
    INFERENCE_SECONDS,
    INFERENCES,
    PREDICTIONS,
    CONFIDENCE,
    LOADED,
    TOKENS,
    TOKEN_SECONDS,
)
