import logging

import pytest
from prometheus_client import REGISTRY, Gauge

from vedette.model.metric import MODEL, Metric
from vedette.sdk import monitor as module
from vedette.sdk.monitor import Monitor, default_monitor
from vedette.sdk.rows import Cell, Rows

OPENMETRICS = "application/openmetrics-text; version=1.0.0"
CALLS = Metric(name="calls_total", kind="counter", help="Calls.", labels=("path",))
TOKENS = Metric(name="tokens_total", kind="counter", help="Tokens.", labels=MODEL)
SECONDS = Metric(name="call_seconds", kind="histogram", help="Time.", buckets=(1.0,))
BUILD = Metric(name="build_info", kind="info", help="Build.", labels=("commit",))


@pytest.fixture
def faces():
    return Monitor(isolated=True, model="faces", model_version="7")


def text(monitor, accept=""):
    return monitor.expose(accept).body.decode()


@pytest.mark.parametrize("accept", ["", OPENMETRICS], ids=["plain", "openmetrics"])
def test_every_series_carries_the_model_of_the_monitor(faces, accept):
    faces.counter(CALLS, path="/").inc()
    faces.histogram(SECONDS).observe(1)
    faces.info(BUILD).set(commit="abc")
    # A counter, a histogram with two buckets, an info, and what counts the losses of each.
    lines = [line for line in text(faces, accept).splitlines() if not line.startswith("#")]
    assert len(lines) == 1 + 4 + 1 + 3
    assert all('model="faces"' in line and 'model_version="7"' in line for line in lines)


def test_what_names_its_model_itself_keeps_it_and_the_empty_name_is_none(faces, samples):
    tokens = faces.counter(TOKENS)
    tokens.labels("voices", "2").inc()
    tokens.labels("", "").inc()
    tokens.labels("", "8").inc()
    Rows(faces, MODEL, (Cell(metric=TOKENS, value=1),))("", "")()
    found = samples(faces)
    assert found["tokens_total", "voices", "2"] == 1
    assert found["tokens_total", "faces", "8"] == 1
    assert found["tokens_total", "faces", "7"] == 2


def test_an_empty_name_and_the_same_name_are_one_series(faces, samples):
    faces.counter(TOKENS, model="faces", model_version="7").inc()
    faces.counter(TOKENS, model="", model_version="").inc()
    assert samples(faces)["tokens_total", "faces", "7"] == 2


def test_a_monitor_without_a_model_adds_no_label(monitor):
    monitor.histogram(SECONDS).observe(1)
    assert "model" not in text(monitor)


def test_series_of_other_libraries_stay_as_they_are():
    theirs = Gauge("someone_elses_level", "theirs")
    try:
        theirs.set(1)
        assert "\nsomeone_elses_level 1.0\n" in text(Monitor(model="faces"))
    finally:
        REGISTRY.unregister(theirs)


@pytest.fixture
def fresh():
    """Let the default monitor be made anew, and again after the test."""
    default_monitor.cache_clear()
    yield
    default_monitor.cache_clear()


@pytest.mark.usefixtures("fresh")
def test_the_default_monitor_takes_its_model_from_the_environment(monkeypatch):
    monkeypatch.setenv("VEDETTE_MODEL", "voices")
    monkeypatch.setenv("VEDETTE_MODEL_VERSION", "3")
    own = Metric(name="sdk_ambient_total", kind="counter", help="Something.")
    default_monitor().counter(own).inc()
    assert 'sdk_ambient_total{model="voices",model_version="3"} 1.0' in text(default_monitor())


@pytest.mark.usefixtures("fresh")
def test_a_wrong_setting_is_said_and_does_not_end_the_program(monkeypatch, caplog):
    monkeypatch.setenv("VEDETTE_MODEL", "voices")
    monkeypatch.setenv("VEDETTE_MODLE", "typo")
    monkeypatch.setenv("VEDETTE_LABEL_SETS_LIMIT", "many")
    with caplog.at_level(logging.WARNING, logger=module.__name__.partition(".")[0]):
        default_monitor()
        Monitor(isolated=True)
    assert "unknown setting VEDETTE_MODLE" in caplog.text
    assert "VEDETTE_LABEL_SETS_LIMIT='many' is not an int" in caplog.text
