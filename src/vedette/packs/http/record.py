"""Record the requests of an HTTP server: what the integrations call."""

from vedette.packs.http import metrics
from vedette.sdk.monitor import Monitor, default_monitor
from vedette.sdk.rows import Cell, Rows

_KEY = ("method", "endpoint", "status")
_ANSWERED = (
    Cell(metric=metrics.REQUESTS, value=1),
    Cell(metric=metrics.REQUEST_SECONDS, value="seconds"),
)
_SIZED = (
    *_ANSWERED,
    Cell(metric=metrics.REQUEST_BYTES, value="request_bytes"),
    Cell(metric=metrics.RESPONSE_BYTES, value="response_bytes"),
)
_METHODS = {method: method for method in metrics.METHODS}


class HttpRequests:
    """The requests of one service; make it once and keep it.

    The series of sizes appear with the first request whose size is told.

    Args:
        monitor: Whose instruments; the process's own unless given.
    """

    def __init__(self, *, monitor: Monitor | None = None) -> None:
        chosen = monitor or default_monitor()
        self._in_flight = chosen.gauge(metrics.REQUESTS_IN_FLIGHT)
        self._answered = Rows(chosen, _KEY, _ANSWERED)
        self._sized = Rows(chosen, _KEY, _SIZED)

    def began(self) -> None:
        """Count a request that arrived."""
        self._in_flight.inc()

    def ended(
        self,
        *,
        method: str,
        endpoint: str,
        status: int,
        seconds: float,
        request_bytes: float | None = None,
        response_bytes: float | None = None,
    ) -> None:
        """Count a request that was answered, and was counted when it arrived.

        Args:
            method: As sent; unusual ones become `other`, for a label must not grow.
            endpoint: The route's pattern, never the path that was asked for.
            status: The answer's status code.
            seconds: From arrival to the end of the answer.
            request_bytes: Size of the request's body; None where it is not known.
            response_bytes: Size of the answer's body; None where it is not known.
        """
        self._in_flight.inc(-1.0)
        verb = _METHODS.get(method, "other")
        if request_bytes is None and response_bytes is None:
            self._answered(verb, endpoint, status)(seconds)
        else:
            self._sized(verb, endpoint, status)(seconds, request_bytes, response_bytes)


# What `ContinuousMonitor` offers, by name.
CONTINUOUS = {"requests": HttpRequests}
