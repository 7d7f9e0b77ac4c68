import re

import pytest

from vedette.model.metric import Metric

OPENMETRICS = "application/openmetrics-text; version=1.0.0"
CALLS = Metric(name="calls_total", kind="counter", help="Calls.")
SECONDS = Metric(name="call_seconds", kind="histogram", help="Time.", buckets=(1.0, 2.0))


def lines(monitor, name):
    text = monitor.expose(OPENMETRICS).body.decode()
    return [line for line in text.splitlines() if line.startswith(name)]


def test_a_counter_shows_its_last_exemplar_in_openmetrics(monitor):
    calls = monitor.counter(CALLS)
    calls.inc(2, exemplar={"trace_id": "first"})
    calls.inc(exemplar={"trace_id": 'the "last"'})
    calls.inc()
    (line,) = lines(monitor, "calls_total")
    assert re.fullmatch(r'calls_total 4\.0 # \{trace_id="the \\"last\\""\} 1\.0 \d+\.\d+', line)


def test_a_histogram_shows_an_exemplar_at_the_bucket_that_it_fell_into(monitor):
    seconds = monitor.histogram(SECONDS)
    for value in (1.0, 1.5, 99.0):
        seconds.observe(value, exemplar={"trace_id": f"at_{value}"})
    found = [line.partition(" # ")[2].split(" ")[:2] for line in lines(monitor, "call_seconds_b")]
    assert found == [
        ['{trace_id="at_1.0"}', "1.0"],
        ['{trace_id="at_1.5"}', "1.5"],
        ['{trace_id="at_99.0"}', "99.0"],
    ]


def test_the_plain_text_has_no_exemplars(monitor):
    monitor.counter(CALLS).inc(exemplar={"trace_id": "a"})
    assert b"trace_id" not in monitor.expose().body


@pytest.mark.parametrize(
    "exemplar",
    [{"trace_id": "x" * 121}, {"bad name": "x"}, {"__own": "x"}, 7, {7: "x"}],
    ids=["129 characters", "no name", "reserved", "no mapping", "a number as name"],
)
def test_an_exemplar_that_cannot_be_kept_is_counted_as_lost_and_the_value_stays(
    monitor, samples, exemplar
):
    monitor.counter(CALLS).inc(exemplar=exemplar)
    monitor.histogram(SECONDS).observe(1, exemplar=exemplar)
    found = samples(monitor, OPENMETRICS)
    assert found["calls_total",] == found["call_seconds_count",] == 1
    assert found["vedette_lost_records_total", "calls_total"] == 1
    assert found["vedette_lost_records_total", "call_seconds"] == 1
    assert " # " not in lines(monitor, "calls_total")[0]


def test_an_exemplar_of_exactly_128_characters_is_kept(monitor):
    monitor.counter(CALLS).inc(exemplar={"trace_id": "é" * 120})
    assert "é" * 120 in lines(monitor, "calls_total")[0]
