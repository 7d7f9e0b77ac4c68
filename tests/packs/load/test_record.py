from vedette.packs.load.record import LoadTest
from vedette.sdk.monitor import Monitor


def test_requests_of_a_load_test_are_counted_by_outcome_and_timed():
    monitor = Monitor(isolated=True)
    load = LoadTest(monitor=monitor)
    load.record(method="POST", name="basic", seconds=0.03, ok=True)
    load.record(method="POST", name="basic", seconds=3, ok=False)
    load.users(5)
    text = monitor.expose().body.decode()
    assert 'locust_requests_total{method="POST",name="basic",status="failure"} 1.0' in text
    assert 'duration_seconds_bucket{le="0.05",method="POST",name="basic"} 1.0' in text
    assert "locust_users 5.0" in text
