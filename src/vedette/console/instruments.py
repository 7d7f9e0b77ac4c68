"""What the console measures of itself, for the stack to scrape."""

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
)

_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 20.0)


class Instruments:
    """The console's own metrics, in a registry of its own."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        PlatformCollector(registry=self._registry)
        self._requests = Counter(
            "vedette_console_requests_total",
            "Requests that the console answered.",
            ["route", "status"],
            registry=self._registry,
        )
        self._seconds = Histogram(
            "vedette_console_request_duration_seconds",
            "Time from a request's arrival to the start of its answer.",
            ["route"],
            buckets=_BUCKETS,
            registry=self._registry,
        )
        self._asked = Counter(
            "vedette_console_upstream_requests_total",
            "Questions to Prometheus and Alertmanager, by how they ended.",
            ["upstream", "outcome"],
            registry=self._registry,
        )
        self._waited = Histogram(
            "vedette_console_upstream_duration_seconds",
            "Time until Prometheus or Alertmanager had answered.",
            ["upstream"],
            buckets=_BUCKETS,
            registry=self._registry,
        )
        self._dashboards = Gauge(
            "vedette_console_dashboards",
            "Dashboard files by whether they can be read.",
            ["state"],
            registry=self._registry,
        )

    def request(self, route: str, status: int, seconds: float) -> None:
        """Count an answered request."""
        self._requests.labels(route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def upstream(self, title: str, outcome: str, seconds: float) -> None:
        """Count a question to another server."""
        self._asked.labels(title.lower(), outcome).inc()
        self._waited.labels(title.lower()).observe(seconds)

    def dashboards(self, *, read: int, broken: int) -> None:
        """Set how many dashboard files there are."""
        self._dashboards.labels("read").set(read)
        self._dashboards.labels("broken").set(broken)

    def exposition(self) -> bytes:
        """Return everything in Prometheus' text format."""
        return generate_latest(self._registry)
