"""The limits of this pack that a user may set."""

from vedette.model.threshold import Threshold

_CLASSIFIER = "the alert rules of a public face-attribute classifier"

API_ERRORS = Threshold(
    name="api_error_ratio",
    default=0.05,
    unit="ratio",
    help="Share of an API's requests answered with a server error beyond which "
    "HighApiErrorShare fires.",
    source=f"{_CLASSIFIER}: errors > 5 %",
    maximum=1.0,
)
API_ERRORS_LEAST = Threshold(
    name="api_errors_least",
    default=3,
    help="Server errors in 5 minutes below which HighApiErrorShare keeps quiet, whatever the "
    "share.",
    source="our choice: one failure of ten requests at night is 10 %, and no pattern",
)
API_LATENCY = Threshold(
    name="api_latency_p95_seconds",
    default=0.5,
    unit="seconds",
    help="95th percentile of an API's answering time beyond which HighApiLatency fires.",
    source=f"{_CLASSIFIER}: p95 > 500 ms",
)
INFERENCE_LATENCY = Threshold(
    name="inference_latency_p95_seconds",
    default=0.5,
    unit="seconds",
    help="95th percentile of a model's inference time beyond which SlowInference fires.",
    source=f"{_CLASSIFIER}: p95 > 500 ms",
)
INFERENCE_ERRORS = Threshold(
    name="inference_error_ratio",
    default=0.05,
    unit="ratio",
    help="Share of a model's inferences that fail beyond which ModelErrors fires.",
    source=f"{_CLASSIFIER}: errors > 5 %",
    maximum=1.0,
)
CONFIDENCE_MINIMUM = Threshold(
    name="model_confidence_minimum",
    default=0.5,
    unit="ratio",
    help="Mean confidence of a model below which LowConfidence fires.",
    source="our choice: a model that is less sure than a coin of two sides; set your own",
    maximum=1.0,
)

THRESHOLDS = (
    API_ERRORS,
    API_ERRORS_LEAST,
    API_LATENCY,
    INFERENCE_LATENCY,
    INFERENCE_ERRORS,
    CONFIDENCE_MINIMUM,
)
