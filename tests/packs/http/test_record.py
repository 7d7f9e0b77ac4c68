import pytest

from vedette.packs.http.record import HttpRequests
from vedette.sdk.monitor import Monitor


@pytest.fixture
def monitor():
    return Monitor(isolated=True)


@pytest.fixture
def requests(monitor):
    return HttpRequests(monitor=monitor)


def text(monitor):
    return monitor.expose().body.decode()


def test_a_request_is_in_flight_until_it_is_answered(monitor, requests):
    requests.began()
    requests.began()
    assert "http_requests_in_flight 2.0" in text(monitor)
    requests.ended(method="GET", endpoint="/a", status=200, seconds=0.02)
    assert "http_requests_in_flight 1.0" in text(monitor)


def test_an_answer_is_counted_and_timed_by_method_endpoint_and_status(monitor, requests):
    for status in (200, 200, 503):
        requests.ended(method="GET", endpoint="/a", status=status, seconds=0.02)
    found = text(monitor)
    assert 'http_requests_total{endpoint="/a",method="GET",status="200"} 2.0' in found
    assert 'http_requests_total{endpoint="/a",method="GET",status="503"} 1.0' in found
    assert 'http_request_duration_seconds_bucket{endpoint="/a",le="0.01",method="GET"} 0.0' in found
    assert (
        'http_request_duration_seconds_bucket{endpoint="/a",le="0.025",method="GET"} 3.0' in found
    )


def test_sizes_are_recorded_where_they_are_told(monitor, requests):
    where = {"method": "PUT", "endpoint": "/a", "status": 200, "seconds": 0.1}
    requests.ended(**where, request_bytes=300, response_bytes=0)
    requests.ended(**where, response_bytes=2000)
    found = text(monitor)
    assert 'http_request_size_bytes_bucket{endpoint="/a",le="256.0",method="PUT"} 0.0' in found
    assert 'http_request_size_bytes_count{endpoint="/a",method="PUT"} 1.0' in found
    assert 'http_response_size_bytes_sum{endpoint="/a",method="PUT"} 2000.0' in found
    assert 'http_response_size_bytes_count{endpoint="/a",method="PUT"} 2.0' in found
    assert 'http_requests_total{endpoint="/a",method="PUT",status="200"} 2.0' in found


def test_sizes_that_nobody_tells_have_no_series(monitor, requests):
    requests.ended(method="GET", endpoint="/a", status=200, seconds=0.02)
    assert "size_bytes_count{" not in text(monitor)


def test_a_strange_method_does_not_become_a_label_of_its_own(monitor, requests):
    requests.began()
    requests.ended(method="X" * 99, endpoint="/", status=405, seconds=0.1)
    assert 'http_requests_total{endpoint="/",method="other",status="405"} 1.0' in text(monitor)


def test_a_clock_that_lied_costs_one_record_and_not_the_request(monitor, requests):
    requests.ended(method="GET", endpoint="/", status=200, seconds=float("nan"))
    found = text(monitor)
    assert 'http_requests_total{endpoint="/",method="GET",status="200"} 1.0' in found
    assert 'vedette_lost_records_total{metric="http_request_duration_seconds"} 1.0' in found
