import math

from hypothesis import given
from hypothesis import strategies as st

from vedette.model.metric import Metric
from vedette.sdk import handover_values
from vedette.sdk.monitor import Monitor, default_monitor

ROWS = Metric(name="rows_total", kind="counter", help="Rows\nof \\all.", labels=("of",))
LOSS = Metric(name="loss", kind="gauge", help="Loss.")
TIME = Metric(name="took_seconds", kind="histogram", help="Time.", unit="seconds", buckets=(1, 2))


def values(monitor):
    return handover_values.read(monitor.expose().body.decode())


def came(now, before):
    return {
        (sample, *labels.values()): value
        for family in handover_values.since(now, before)
        for sample, labels, value in family["samples"]
    }


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\r")))
def test_every_label_value_is_read_as_it_was_written(text):
    monitor = Monitor(isolated=True)
    monitor.counter(ROWS, of=text).inc(2)
    read = values(monitor)["rows_total"]
    assert read.samples[("rows_total", (("of", text),))] == 2
    assert (read.kind, read.help) == ("counter", ROWS.help)


def test_counters_and_histograms_are_told_by_how_much_they_rose(monitor):
    rows, took = monitor.counter(ROWS, of="a"), monitor.histogram(TIME)
    idle = monitor.counter(ROWS, of="idle")
    rows.inc(5)
    idle.inc(5)
    took.observe(0.5)
    before = values(monitor)
    rows.inc(2)
    took.observe(1.5)
    monitor.counter(ROWS, of="new")
    assert came(values(monitor), before) == {
        ("rows_total", "a"): 2,
        ("rows_total", "new"): 0,
        ("took_seconds_bucket", "1.0"): 0,
        ("took_seconds_bucket", "2.0"): 1,
        ("took_seconds_bucket", "+Inf"): 1,
        ("took_seconds_count",): 1,
        ("took_seconds_sum",): 1.5,
    }


def test_gauges_are_told_where_they_are_new_or_have_moved(monitor):
    loss = monitor.gauge(LOSS)
    loss.set(2)
    before = values(monitor)
    assert came(values(monitor), before) == {}
    loss.set(math.nan)
    assert came(values(monitor), before) == {("loss",): "nan"}
    assert came(values(monitor), values(monitor)) == {}


def test_what_the_interpreter_says_of_itself_is_not_of_the_job():
    default_monitor().gauge(LOSS).set(1)
    read = values(default_monitor())
    assert "loss" in read
    assert not {name for name in read if name.startswith("python_gc")}
    assert "process_cpu_seconds_total" not in read
