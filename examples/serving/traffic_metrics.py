"""What Locust sees, as the metrics of Vedette's pack `load`.

Locust often runs in an environment of its own, without Vedette: this file needs
prometheus_client alone, and a test compares it with the pack.
"""

import os
from collections.abc import Callable
from typing import Any

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    disable_created_metrics,
    generate_latest,
    start_http_server,
)

PORT_VARIABLE = "LOCUST_METRICS_PORT"
REGISTRY = CollectorRegistry()
# Each counter would have a second series that tells when it was made.
disable_created_metrics()  # type: ignore[no-untyped-call]  # untyped upstream

_REQUESTS = Counter(
    "locust_requests_total",
    "Requests that the load test sent, by how they ended.",
    ("method", "name", "status"),
    registry=REGISTRY,
)
_SECONDS = Histogram(
    "locust_request_duration_seconds",
    "Time until the load test had the whole answer.",
    ("method", "name"),
    buckets=(0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0),
    registry=REGISTRY,
)
_USERS = Gauge(
    "locust_users", "Users that the load test simulates at the moment.", registry=REGISTRY
)


def request(method: str, name: str, seconds: float, *, failed: bool) -> None:
    """Count one request and its time."""
    _REQUESTS.labels(method, name, "failure" if failed else "success").inc()
    _SECONDS.labels(method, name).observe(seconds)


def watch_users(count: Callable[[], int]) -> None:
    """Ask `count` for the number of users whenever the metrics are read."""
    _USERS.set_function(count)


def add_to(page: Any) -> None:
    """Serve the metrics beside Locust's own page.

    Args:
        page: Its Flask application.
    """

    def metrics() -> Any:
        return generate_latest(REGISTRY), 200, {"Content-Type": CONTENT_TYPE_LATEST}

    page.add_url_rule("/metrics", "metrics", metrics)


def serve(host: str, port: int) -> None:
    """Serve the metrics where Locust has no page of its own.

    Args:
        host: Address to listen on.
        port: Port, unless LOCUST_METRICS_PORT names another.
    """
    chosen = int(os.environ.get(PORT_VARIABLE) or port)  # noqa: TID251 - Vedette may not be there
    start_http_server(chosen, addr=host, registry=REGISTRY)
