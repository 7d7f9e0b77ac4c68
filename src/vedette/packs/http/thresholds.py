"""The limits of this pack that a user may set."""

from vedette.model.threshold import Threshold

_CLASSIFIER = "the alert rules of a public face-attribute classifier"
_ROBOTS = "the alert rules of a public project that trains robots from human preference"

HTTP_ERRORS_PER_SECOND = Threshold(
    name="http_errors_per_second",
    default=0.1,
    help="Server errors per second beyond which HighErrorRate fires.",
    source=f"{_ROBOTS}: 5xx > 0.1/s",
)
HTTP_ERRORS = Threshold(
    name="http_error_ratio",
    default=0.05,
    unit="ratio",
    help="Share of requests answered with a server error beyond which HighErrorShare fires.",
    source=f"{_CLASSIFIER}: errors > 5 %",
    maximum=1.0,
)
HTTP_ERRORS_LEAST = Threshold(
    name="http_errors_least",
    default=3,
    help="Server errors in 5 minutes below which HighErrorShare keeps quiet, whatever the share.",
    source="our choice: one failure of ten requests at night is 10 %, and no pattern",
)
HTTP_LATENCY = Threshold(
    name="http_latency_p95_seconds",
    default=0.5,
    unit="seconds",
    help="95th percentile of an endpoint's answering time beyond which HighLatency fires.",
    source=f"{_CLASSIFIER}: p95 > 500 ms",
)

THRESHOLDS = (HTTP_ERRORS_PER_SECOND, HTTP_ERRORS, HTTP_ERRORS_LEAST, HTTP_LATENCY)
