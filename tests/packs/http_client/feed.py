"""Feeds every metric of the pack through its recorder."""

from vedette.packs.http_client.record import OutgoingRequests


def feed(monitor):
    """Do what a client does."""
    OutgoingRequests(monitor=monitor).record(host="h", method="GET", status=200, seconds=0.1)
