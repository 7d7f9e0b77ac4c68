"""What a scrape gets, also where another library of the process is broken."""

import logging

import pytest
from prometheus_client import REGISTRY, CollectorRegistry, Counter
from prometheus_client.core import GaugeMetricFamily

from vedette.model.metric import Metric
from vedette.sdk.monitor import Monitor

OPENMETRICS = "application/openmetrics-text; version=1.0.0"
ODD = Metric(name="checks", kind="counter", help="Checks.", waiver="the name that teams use")
LEVEL = Metric(name="users_total", kind="gauge", help="Users.", waiver="the name that teams use")


class _Raises:
    def collect(self):
        raise RuntimeError

    def describe(self):
        return []


class _HalfACharacter:
    def collect(self):
        family = GaugeMetricFamily("sdk_half_level", "theirs", labels=["name"])
        family.add_metric(["\ud800"], 1)
        return [family]

    def describe(self):
        return []


@pytest.mark.parametrize("accept", ["", OPENMETRICS], ids=["plain", "openmetrics"])
@pytest.mark.parametrize("theirs", [_Raises(), _HalfACharacter()], ids=["raises", "not utf-8"])
def test_a_broken_collector_of_another_library_hides_nothing_else(theirs, accept, caplog):
    own = Metric(name="sdk_sound_level", kind="gauge", help="Ours.")
    Monitor().gauge(own).set(5)
    REGISTRY.register(theirs)
    try:
        with caplog.at_level(logging.WARNING, logger="vedette"):
            text = Monitor().expose(accept).body.decode()
    finally:
        REGISTRY.unregister(theirs)
    assert "sdk_sound_level 5.0" in text
    assert "python_info" in text
    assert text.endswith("# EOF\n") == bool(accept)
    assert "vedette leaves out" in caplog.text


def test_what_another_library_collects_is_shown_unchanged_and_kept_whole(monitor):
    registry = CollectorRegistry()
    theirs = Counter("theirs", "Theirs.", registry=registry)
    theirs.inc(3)
    before = [list(family.samples) for family in registry.collect()]
    monitor.expose()
    assert [one.name for one in before[0]] == ["theirs_total", "theirs_created"]


@pytest.mark.parametrize("accept", ["", OPENMETRICS], ids=["plain", "openmetrics"])
def test_a_name_that_is_a_contract_is_exposed_as_it_is(monitor, samples, accept):
    monitor.counter(ODD).inc(2)
    monitor.gauge(LEVEL).set(7)
    text = monitor.expose(accept).body.decode()
    assert "\nchecks 2.0\n" in text
    assert "\nusers_total 7.0\n" in text
    assert samples(monitor)["checks",] == 2


def test_a_mostrecent_gauge_rises_and_falls_like_any_other(monitor, samples):
    last = Metric(name="last_level", kind="gauge", help="Level.", workers="mostrecent")
    gauge = monitor.gauge(last)
    gauge.set(5)
    gauge.inc(2)
    gauge.dec()
    assert samples(monitor)["last_level",] == 6


def test_a_taken_name_is_said_once_and_every_record_is_counted(caplog):
    theirs = Counter("sdk_taken", "theirs")
    try:
        ours = Metric(name="sdk_taken_total", kind="counter", help="ours", labels=("path",))
        with caplog.at_level(logging.WARNING, logger="vedette"):
            calls = Monitor().counter(ours)
            for path in "abc":
                calls.labels(path).inc()
        said = [message for message in caplog.messages if "cannot record" in message]
        assert len(said) == 1
        assert "sdk_taken" in said[0]
        text = Monitor().expose().body.decode()
        assert 'vedette_lost_records_total{metric="sdk_taken_total"} 3.0' in text
    finally:
        REGISTRY.unregister(theirs)
