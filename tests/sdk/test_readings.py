import logging
import math

import pytest
from prometheus_client.parser import text_string_to_metric_families

from vedette.errors import DeclarationError
from vedette.model.metric import Metric
from vedette.sdk.monitor import Monitor
from vedette.sdk.readings import Reading, Readings

HEAT = Metric(name="heat_celsius", kind="gauge", help="How hot.", labels=("card",))
WORK = Metric(name="work_joules_total", kind="counter", help="Work done.", labels=("card",))


@pytest.fixture
def monitor():
    return Monitor(isolated=True)


def samples(monitor):
    """Every sample of the two metrics."""
    return {
        (sample.name, sample.labels["card"]): sample.value
        for family in text_string_to_metric_families(monitor.expose().body.decode())
        for sample in family.samples
        if "card" in sample.labels
    }


def test_what_is_not_read_any_more_is_not_exposed_any_more(monitor):
    readings = Readings(monitor)
    readings.show([Reading(metric=HEAT, value=40, labels=(card,)) for card in "ab"])
    assert samples(monitor) == {("heat_celsius", "a"): 40, ("heat_celsius", "b"): 40}
    readings.show([Reading(metric=HEAT, value=41, labels=("b",))])
    assert samples(monitor) == {("heat_celsius", "b"): 41}
    readings.show([])
    assert samples(monitor) == {}


def test_where_a_series_cannot_go_away_it_has_no_value_any_more(monitor, monkeypatch):
    monkeypatch.setattr(monitor, "forget", lambda *_, **__: None)  # as between processes
    readings = Readings(monitor)
    readings.show([Reading(metric=HEAT, value=40, labels=("a",))])
    readings.show([])
    assert math.isnan(samples(monitor)["heat_celsius", "a"])


def test_what_comes_back_is_exposed_again(monitor):
    readings = Readings(monitor)
    for value in (1.0, None, 2.0):
        given = [] if value is None else [Reading(metric=HEAT, value=value, labels=("a",))]
        readings.show(given)
    assert samples(monitor) == {("heat_celsius", "a"): 2}


def test_a_counter_follows_the_count_and_never_falls_when_that_starts_anew(monitor):
    readings = Readings(monitor)
    seen = []
    for count in (100, 130, 130, 5, 6):
        readings.show([Reading(metric=WORK, value=count, labels=("a",))])
        seen.append(samples(monitor)["work_joules_total", "a"])
    assert seen == [100, 130, 130, 135, 136]


def test_a_series_that_another_recorder_feeds_stays(monitor):
    monitor.gauge(HEAT, card="by hand").set(7)
    readings = Readings(monitor)
    readings.show([Reading(metric=HEAT, value=1, labels=("a",))])
    readings.show([])
    assert samples(monitor) == {("heat_celsius", "by hand"): 7}


def test_a_reading_with_other_labels_than_its_metric_is_refused(monitor):
    with pytest.raises(DeclarationError, match="has the label values"):
        Readings(monitor).show([Reading(metric=HEAT, value=1)])


def test_series_are_refreshed_before_they_are_read_and_a_failure_harms_nothing(monitor, caplog):
    gauge = monitor.gauge(HEAT, card="a")

    def fail():
        message = "no thermometer"
        raise OSError(message)

    monitor.before_expose(fail)
    monitor.before_expose(lambda: gauge.set(3))
    with caplog.at_level(logging.ERROR, logger="vedette"):
        assert samples(monitor) == {("heat_celsius", "a"): 3}
    assert "could not refresh" in caplog.text


def test_forgetting_asks_for_the_labels_of_the_metric(monitor):
    with pytest.raises(DeclarationError, match="was bound with labels"):
        monitor.forget(HEAT, gpu="a")
    monitor.forget(HEAT, card="never there")
