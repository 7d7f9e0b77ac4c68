"""What Ray Serve 2.4x to 2.60 exposes and this pack reads; Ray puts `ray_` before every name.

Names and labels: https://docs.ray.io/en/latest/serve/monitoring.html
"""

from vedette.model.metric import Kind, Metric

_WHICH = ("application", "deployment")


def _ray(name: str, kind: Kind, help: str, *labels: str, unit: str = "") -> Metric:  # noqa: A002 - the noun's word
    return Metric(name=f"ray_{name}", kind=kind, help=help, unit=unit, labels=labels, external=True)


REQUESTS = _ray(
    "serve_num_http_requests_total",
    "counter",
    "Requests to the proxies.",
    "route",
    "method",
    "application",
    "status_code",
)
SECONDS = _ray(
    "serve_http_request_latency_ms",
    "histogram",
    "Milliseconds of a request, from proxy to answer.",
    "route",
    "method",
    "application",
    "status_code",
    unit="milliseconds",
)
CALLS = _ray(
    "serve_deployment_request_counter_total",
    "counter",
    "Requests that a replica has dealt with.",
    *_WHICH,
    "replica",
    "route",
)
ERRORS = _ray(
    "serve_deployment_error_counter_total",
    "counter",
    "Requests on which a replica raised.",
    *_WHICH,
    "replica",
    "route",
)
WORK = _ray(
    "serve_deployment_processing_latency_ms",
    "histogram",
    "Milliseconds of a request in a replica.",
    *_WHICH,
    "replica",
    "route",
    unit="milliseconds",
)
QUEUED = _ray(
    "serve_deployment_queued_queries", "gauge", "Requests that wait for a replica.", *_WHICH
)
BUSY = _ray(
    "serve_replica_processing_queries",
    "gauge",
    "Requests in a replica.",
    *_WHICH,
    "replica",
)
HEALTHY = _ray(
    "serve_deployment_replica_healthy",
    "gauge",
    "1 where a replica answers its health check.",
    *_WHICH,
    "replica",
)

METRICS = (REQUESTS, SECONDS, CALLS, ERRORS, WORK, QUEUED, BUSY, HEALTHY)
