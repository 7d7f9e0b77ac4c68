"""The requests of an HTTP server: the names are contracts."""

from vedette.model.metric import Metric

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")

# Each four times the one before: 256 B to 64 MiB, from a health check to a batch of images.
_SIZES = tuple(float(256 * 4**power) for power in range(10))

REQUESTS = Metric(
    name="http_requests_total",
    kind="counter",
    help="Requests that were answered.",
    labels=("method", "endpoint", "status"),
    values={"method": (*METHODS, "other")},
)
REQUEST_SECONDS = Metric(
    name="http_request_duration_seconds",
    kind="histogram",
    help="Time from the arrival of a request to the end of its answer.",
    unit="seconds",
    labels=("method", "endpoint"),
    # https://opentelemetry.io/docs/specs/semconv/http/http-metrics/
    buckets=(0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0),
    values={"method": (*METHODS, "other")},
)
REQUESTS_IN_FLIGHT = Metric(
    name="http_requests_in_flight",
    kind="gauge",
    help="Requests that are being answered.",
    range=(0, float("inf")),
)
REQUEST_BYTES = Metric(
    name="http_request_size_bytes",
    kind="histogram",
    help="Size of a request's body.",
    unit="bytes",
    labels=("method", "endpoint"),
    buckets=_SIZES,
    values={"method": (*METHODS, "other")},
)
RESPONSE_BYTES = Metric(
    name="http_response_size_bytes",
    kind="histogram",
    help="Size of an answer's body.",
    unit="bytes",
    labels=("method", "endpoint"),
    buckets=_SIZES,
    values={"method": (*METHODS, "other")},
)

METRICS = (REQUESTS, REQUEST_SECONDS, REQUESTS_IN_FLIGHT, REQUEST_BYTES, RESPONSE_BYTES)
