import pytest

from vedette.packs.tasks.record import Tasks
from vedette.sdk.monitor import Monitor


@pytest.fixture
def monitor():
    return Monitor(isolated=True)


def test_a_run_is_in_progress_until_it_ends_and_then_counted_and_timed(monitor):
    tasks = Tasks(monitor=monitor)
    tasks.began("resize", waited=3)
    during = monitor.expose().body.decode()
    tasks.ended("resize", state="retry", seconds=0.02)
    after = monitor.expose().body.decode()
    assert 'tasks_in_progress{task="resize"} 1.0' in during
    assert 'tasks_in_progress{task="resize"} 0.0' in after
    assert 'tasks_total{state="retry",task="resize"} 1.0' in after
    assert 'task_duration_seconds_bucket{le="0.025",task="resize"} 1.0' in after
    assert 'task_queue_wait_seconds_sum{task="resize"} 3.0' in after


def test_a_clock_that_went_back_is_no_negative_wait(monitor):
    Tasks(monitor=monitor).began("resize", waited=-5)
    assert 'task_queue_wait_seconds_sum{task="resize"} 0.0' in monitor.expose().body.decode()


def test_a_wait_that_is_not_known_is_not_recorded(monitor):
    Tasks(monitor=monitor).began("resize")
    assert 'task_queue_wait_seconds_count{task="resize"} 0.0' in monitor.expose().body.decode()


def test_a_run_that_was_lost_is_counted_and_not_timed(monitor):
    Tasks(monitor=monitor).lost("resize", state="failure")
    text = monitor.expose().body.decode()
    assert 'tasks_total{state="failure",task="resize"} 1.0' in text
    assert "task_duration_seconds_count" not in text
    assert "tasks_in_progress{" not in text


def test_a_state_that_nobody_knows_makes_no_series_of_its_own(monitor):
    Tasks(monitor=monitor).lost("resize", state="CONFUSED")
    assert 'state="ignored"' in monitor.expose().body.decode()
