"""Outgoing HTTP requests: the names are contracts."""

from vedette.model.metric import Metric

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "other")

REQUEST_SECONDS = Metric(
    name="http_client_request_duration_seconds",
    kind="histogram",
    help="Time from sending a request to another service to the head of its answer.",
    unit="seconds",
    labels=("host", "method"),
    # https://opentelemetry.io/docs/specs/semconv/http/http-metrics/ with two more beyond 10 s.
    buckets=(
        *(0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75),
        *(1.0, 2.5, 5.0, 7.5, 10.0, 30.0, 60.0),
    ),
    values={"method": METHODS},
)
REQUESTS = Metric(
    name="http_client_requests_total",
    kind="counter",
    help="Requests to other services by their answer's status; `error` where none came.",
    labels=("host", "method", "status"),
    values={"method": METHODS},
)

METRICS = (REQUEST_SECONDS, REQUESTS)
