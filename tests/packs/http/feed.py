"""Feeds every metric of the pack through its recorders."""

from vedette.packs.http.record import HttpRequests


def feed(monitor):
    """Do what a service does."""
    requests = HttpRequests(monitor=monitor)
    requests.began()
    requests.ended(
        method="POST", endpoint="/", status=200, seconds=1, request_bytes=9, response_bytes=9
    )
