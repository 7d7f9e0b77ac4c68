"""Record a load test: the Locust integration calls it."""

from vedette.packs.load import metrics
from vedette.sdk.monitor import Monitor, default_monitor


class LoadTest:
    """The requests of one load test."""

    def __init__(self, *, monitor: Monitor | None = None) -> None:
        self._monitor = monitor or default_monitor()
        self._users = self._monitor.gauge(metrics.USERS)

    def record(self, *, method: str, name: str, seconds: float, ok: bool) -> None:
        """Record one request.

        Args:
            method: The HTTP method.
            name: The request's name in the scenario, never its full address.
            seconds: Until the whole answer was there.
            ok: False where it failed.
        """
        status = "success" if ok else "failure"
        self._monitor.counter(metrics.REQUESTS, method=method, name=name, status=status).inc()
        self._monitor.histogram(metrics.SECONDS, method=method, name=name).observe(seconds)

    def users(self, count: int) -> None:
        """Record how many users there are."""
        self._users.set(count)
