import logging
import math
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prometheus_client import REGISTRY, Gauge
from prometheus_client.parser import text_string_to_metric_families

from vedette.errors import DeclarationError
from vedette.model.metric import Metric
from vedette.sdk.monitor import Monitor, default_monitor

JOBS = Metric(name="jobs_total", kind="counter", help="Jobs done.", labels=("queue",))
DEPTH = Metric(name="queue_depth", kind="gauge", help="Jobs that wait.")
SECONDS = Metric(
    name="job_seconds", kind="histogram", help="Time of a job.", buckets=(0.1, 1.0, 10.0)
)


@pytest.fixture
def monitor():
    return Monitor(isolated=True)


def samples(monitor):
    """Every sample by its name and label values."""
    text = monitor.expose().body.decode()
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_a_bound_counter_rises_by_what_it_is_told(monitor):
    jobs = monitor.counter(JOBS, queue="mail")
    jobs.inc()
    jobs.inc(2.5)
    assert samples(monitor)["jobs_total", "mail"] == 3.5


def test_two_handles_of_one_series_count_together(monitor):
    monitor.counter(JOBS, queue="mail").inc()
    monitor.counter(JOBS, queue="mail").inc()
    assert samples(monitor)["jobs_total", "mail"] == 2


def test_a_gauge_rises_falls_and_follows(monitor):
    depth = monitor.gauge(DEPTH)
    depth.set(5)
    depth.inc(2)
    depth.dec()
    assert samples(monitor)["queue_depth",] == 6
    depth.follow(lambda: 42)
    assert samples(monitor)["queue_depth",] == 42


def test_a_histogram_counts_into_the_declared_buckets(monitor):
    seconds = monitor.histogram(SECONDS)
    for value in (0.05, 0.5, 5, 50):
        seconds.observe(value)
    found = samples(monitor)
    assert [found["job_seconds_bucket", le] for le in ("0.1", "1.0", "10.0", "+Inf")] == [
        1,
        2,
        3,
        4,
    ]
    assert found["job_seconds_sum",] == 55.55


def test_a_timed_block_is_recorded_also_when_it_raises(monitor):
    seconds = monitor.histogram(SECONDS)
    with pytest.raises(KeyError), seconds.time():
        raise KeyError
    assert samples(monitor)["job_seconds_count",] == 1


def test_no_series_tells_when_another_was_created(monitor):
    monitor.counter(JOBS, queue="mail").inc()
    monitor.histogram(SECONDS).observe(1)
    assert b"_created" not in monitor.expose().body
    assert b"_created" not in monitor.expose("application/openmetrics-text").body


def test_label_values_of_any_type_become_text(monitor):
    monitor.counter(JOBS, queue=7).inc()
    assert samples(monitor)["jobs_total", "7"] == 1


@pytest.mark.parametrize(
    "labels", [{"line": "a"}, {"queue": "a", "line": "b"}], ids=["other", "too many"]
)
def test_wrong_labels_are_refused_where_the_handle_is_bound(monitor, labels):
    with pytest.raises(DeclarationError, match="it has queue"):
        monitor.counter(JOBS, **labels)


def test_a_wrong_kind_is_refused_where_the_handle_is_bound(monitor):
    with pytest.raises(DeclarationError, match="is a gauge, not a counter"):
        monitor.counter(DEPTH)


def test_a_kind_without_an_instrument_is_refused_with_a_word(monitor):
    summary = Metric(name="s", kind="summary", help="Cannot be recorded.")
    with pytest.raises(DeclarationError, match="not a counter"):
        monitor.counter(summary)


def test_two_declarations_of_one_name_are_refused(monitor):
    monitor.gauge(DEPTH)
    other = Metric(name="queue_depth", kind="gauge", help="Something else.")
    with pytest.raises(DeclarationError, match="declared twice"):
        monitor.gauge(other)


def test_a_value_that_cannot_be_recorded_is_lost_counted_and_said_once(monitor, caplog):
    jobs = monitor.counter(JOBS, queue="mail")
    with caplog.at_level(logging.WARNING, logger="vedette"):
        for _ in range(3):
            jobs.inc(-1)
    assert samples(monitor)["jobs_total", "mail"] == 0
    assert samples(monitor)["vedette_lost_records_total", "jobs_total"] == 3
    assert len(caplog.records) == 1
    assert caplog.messages[0].startswith(
        "vedette lost a record of jobs_total: a counter only rises"
    )


@pytest.mark.parametrize("value", [math.nan, math.inf, "much", None])
def test_a_histogram_stays_whole_whatever_it_is_given(monitor, value):
    seconds = monitor.histogram(SECONDS)
    seconds.observe(1)
    seconds.observe(value)
    assert samples(monitor)["job_seconds_sum",] == 1
    assert samples(monitor)["vedette_lost_records_total", "job_seconds"] == 1


def test_a_gauge_whose_function_fails_spoils_no_scrape(monitor):
    monitor.gauge(DEPTH).follow(lambda: 1 / 0)
    monitor.counter(JOBS, queue="mail").inc()
    found = samples(monitor)
    assert math.isnan(found["queue_depth",])
    assert found["jobs_total", "mail"] == 1


def test_a_name_that_another_library_holds_does_not_break_the_program(caplog):
    theirs = Gauge("taken_by_another", "theirs")
    try:
        with caplog.at_level(logging.WARNING, logger="vedette"):
            ours = Monitor().gauge(Metric(name="taken_by_another", kind="gauge", help="ours"))
            ours.set(1)
            ours.follow(lambda: 1)
        assert "cannot record taken_by_another" in caplog.text
        lost = samples(Monitor())["vedette_lost_records_total", "taken_by_another"]
        assert lost == 2
    finally:
        REGISTRY.unregister(theirs)


def test_monitors_of_one_process_share_their_series_and_isolated_ones_do_not(monitor):
    shared = Metric(name="sdk_test_shared_total", kind="counter", help="Shared.")
    Monitor().counter(shared).inc()
    default_monitor().counter(shared).inc()
    assert samples(Monitor())["sdk_test_shared_total",] == 2
    assert ("sdk_test_shared_total",) not in samples(monitor)


def test_threads_lose_no_count(monitor):
    jobs = monitor.counter(JOBS, queue="mail")
    threads = [threading.Thread(target=lambda: [jobs.inc() for _ in range(1000)]) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert samples(monitor)["jobs_total", "mail"] == 8000


@given(st.lists(st.floats(min_value=0, max_value=1e6), max_size=20), st.text(max_size=20))
def test_what_is_recorded_is_what_a_scrape_reads(values, queue):
    monitor = Monitor(isolated=True)
    jobs = monitor.counter(JOBS, queue=queue)
    seconds = monitor.histogram(SECONDS)
    for value in values:
        jobs.inc(value)
        seconds.observe(value)
    found = samples(monitor)
    assert found["jobs_total", queue] == pytest.approx(sum(values))
    assert found["job_seconds_bucket", "+Inf"] == len(values)
    assert found["job_seconds_bucket", "1.0"] == sum(value <= 1 for value in values)
