"""Record a load test: the Locust integration calls it."""

from vedette.packs.load import metrics
from vedette.sdk.monitor import Monitor, default_monitor
from vedette.sdk.rows import Cell, Rows


class LoadTest:
    """The requests of one load test."""

    def __init__(self, *, monitor: Monitor | None = None) -> None:
        chosen = monitor or default_monitor()
        self._users = chosen.gauge(metrics.USERS)
        self._rows = Rows(
            chosen,
            ("method", "name", "status"),
            (
                Cell(metric=metrics.REQUESTS, value=1),
                Cell(metric=metrics.SECONDS, value="seconds"),
            ),
        )

    def record(self, *, method: str, name: str, seconds: float, ok: bool) -> None:
        """Record one request.

        Args:
            method: The HTTP method.
            name: The request's name in the scenario, never its full address.
            seconds: Until the whole answer was there.
            ok: False where it failed.
        """
        self._rows(method, name, "success" if ok else "failure")(seconds)

    def users(self, count: int) -> None:
        """Record how many users there are."""
        self._users.set(count)
