"""Record requests to other services: what a client calls."""

from vedette.packs.http_client import metrics
from vedette.sdk.monitor import Monitor, default_monitor
from vedette.sdk.rows import Cell, Rows

NO_ANSWER = "error"


class OutgoingRequests:
    """The requests that this process sends.

    Example:
        requests = OutgoingRequests()
        requests.record(host="api.example.org", method="GET", status=200, seconds=0.2)

    Args:
        monitor: Whose instruments; the process's own unless given.
    """

    def __init__(self, *, monitor: Monitor | None = None) -> None:
        self._rows = Rows(
            monitor or default_monitor(),
            ("host", "method", "status"),
            (
                Cell(metric=metrics.REQUEST_SECONDS, value="seconds"),
                Cell(metric=metrics.REQUESTS, value=1),
            ),
        )

    def record(self, *, host: str, method: str, status: int | None, seconds: float) -> None:
        """Record one request.

        Args:
            host: Who was asked, with the port where it is an unusual one; never the path.
            method: As sent; unusual ones become `other`, for a label must not grow.
            status: The answer's; None where there was none.
            seconds: From sending it to the head of the answer, or to the fault.
        """
        verb = method if method in metrics.METHODS else "other"
        self._rows(host, verb, NO_ANSWER if status is None else status)(seconds)
