"""Models behind a service, and the API before them: the names are contracts."""

from vedette.model.metric import MODEL, Metric

OUTCOMES = ("ok", "error")

API_REQUESTS = Metric(
    name="api_requests_total",
    kind="counter",
    help="Requests that a model's API answered.",
    labels=("endpoint", "status", *MODEL),
)
API_SECONDS = Metric(
    name="api_request_latency_seconds",
    kind="histogram",
    help="Time in which a model's API answered a request.",
    unit="seconds",
    labels=("endpoint", *MODEL),
    # https://opentelemetry.io/docs/specs/semconv/http/http-metrics/
    buckets=(0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0),
)
IMAGES = Metric(
    name="images_processed_total",
    kind="counter",
    help="Images that were processed.",
    labels=MODEL,
)
CACHE_SIZE = Metric(
    name="cache_size",
    kind="gauge",
    help="Entries in the cache of answers.",
    labels=MODEL,
    range=(0, float("inf")),
)
INFERENCE_SECONDS = Metric(
    name="model_inference_latency_seconds",
    kind="histogram",
    help="Time that a model needs for one inference.",
    unit="seconds",
    labels=MODEL,
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
    labels=(*MODEL, "status"),
    values={"status": OUTCOMES},
)
PREDICTIONS = Metric(
    name="model_predictions_total",
    kind="counter",
    help="Predictions by what was predicted.",
    labels=(*MODEL, "attribute", "value"),
)
CONFIDENCE = Metric(
    name="model_confidence_score",
    kind="histogram",
    help="How sure a model was of its prediction, from 0 to 1.",
    unit="ratio",
    labels=MODEL,
    buckets=(0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1.0),
    range=(0, 1),
    waiver="model_confidence_score is the name that existing dashboards use",
)
ACCURACY = Metric(
    name="model_accuracy",
    kind="gauge",
    help="Share of a model's predictions that were right, where the truth is known.",
    unit="ratio",
    labels=(*MODEL, "attribute"),
    range=(0, 1),
    workers="mostrecent",
    waiver="model_accuracy is the name that existing dashboards use",
)
DRIFT = Metric(
    name="drift_score",
    kind="gauge",
    help="How far recent data is from the data of reference: 0 the same, 1 nothing in common.",
    unit="ratio",
    labels=(*MODEL, "attribute"),
    range=(0, 1),
    workers="mostrecent",
    waiver="drift_score is the name that existing dashboards use",
)
LOADED = Metric(
    name="model_loaded",
    kind="gauge",
    help="1 where the model is loaded and can answer, 0 where it cannot.",
    labels=MODEL,
    range=(0, 1),
    workers="min",
)

METRICS = (
    API_REQUESTS,
    API_SECONDS,
    IMAGES,
    CACHE_SIZE,
    INFERENCE_SECONDS,
    INFERENCES,
    PREDICTIONS,
    CONFIDENCE,
    ACCURACY,
    DRIFT,
    LOADED,
)
