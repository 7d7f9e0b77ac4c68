"""What a client records."""

from vedette.packs.http_client.record import OutgoingRequests
from vedette.sdk.monitor import Monitor


def test_an_unusual_method_does_not_become_a_label(value):
    monitor = Monitor(isolated=True)
    requests = OutgoingRequests(monitor=monitor)
    requests.record(host="h", method="BREW", status=418, seconds=0.1)
    requests.record(host="h", method="STIR", status=None, seconds=0.1)

    name = "http_client_requests_total"
    assert value(monitor, name, host="h", method="other", status="418") == 1
    assert value(monitor, name, host="h", method="other", status="error") == 1
