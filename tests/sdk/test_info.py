import re

import pytest

from vedette.errors import DeclarationError
from vedette.model.metric import Metric

OPENMETRICS = "application/openmetrics-text; version=1.0.0"
BUILD = Metric(
    name="build_info", kind="info", help="What runs.", labels=("model", "version", "commit")
)
STATE = Metric(
    name="run_state",
    kind="stateset",
    help="State of a run.",
    labels=("model", "run_state"),
    values={"run_state": ("waiting", "running", "failed")},
)


def lines(monitor, name, accept=""):
    text = monitor.expose(accept).body.decode()
    return [line for line in text.splitlines() if re.match(rf"{name}\b", line)]


def test_an_info_is_one_series_with_what_was_told_last(monitor):
    build = monitor.info(BUILD, model="faces")
    build.set(version="1", commit="abc")
    build.set(version="2")
    assert lines(monitor, "build_info") == [
        'build_info{commit="",model="faces",version="2"} 1.0',
    ]


def test_infos_of_other_label_values_stay(monitor):
    build = monitor.info(BUILD)
    build.labels(model="faces").set(version="1")
    build.labels("voices").set(version="7")
    monitor.info(BUILD, model="faces").set(version="2")
    monitor.info(BUILD, model="faces").set(version="2")
    assert set(lines(monitor, "build_info")) == {
        'build_info{commit="",model="faces",version="2"} 1.0',
        'build_info{commit="",model="voices",version="7"} 1.0',
    }


def test_an_info_is_one_in_openmetrics(monitor, samples):
    monitor.info(BUILD, model="faces").set(version="1")
    text = monitor.expose(OPENMETRICS).body.decode()
    assert "# TYPE build info\n" in text
    assert samples(monitor, OPENMETRICS)["build_info", "", "faces", "1"] == 1


def test_a_label_that_an_info_has_not_is_lost_and_counted(monitor, samples):
    monitor.info(BUILD, model="faces").set(colour="red")
    monitor.info(BUILD, model="faces").set(version="1")
    assert samples(monitor)["vedette_lost_records_total", "build_info"] == 1


def test_a_state_set_shows_one_for_what_holds_and_nothing_for_the_rest(monitor, samples):
    state = monitor.stateset(STATE).labels("faces")
    state.set("waiting")
    state.set("running")
    found = samples(monitor)
    assert [found["run_state", "faces", one] for one in ("waiting", "running", "failed")] == [
        0,
        1,
        0,
    ]
    state.set("running", "failed")
    assert samples(monitor)["run_state", "faces", "failed"] == 1


def test_a_state_set_is_one_in_openmetrics(monitor, samples):
    monitor.stateset(STATE, model="faces").set("failed")
    assert "# TYPE run_state stateset\n" in monitor.expose(OPENMETRICS).body.decode()
    assert samples(monitor, OPENMETRICS)["run_state", "faces", "failed"] == 1


def test_an_unknown_state_is_lost_and_changes_nothing(monitor, samples, caplog):
    state = monitor.stateset(STATE, model="faces")
    state.set("running")
    state.set("flying")
    found = samples(monitor)
    assert found["run_state", "faces", "running"] == 1
    assert found["vedette_lost_records_total", "run_state"] == 1
    assert "'flying' is none of its states: waiting, running, failed" in caplog.text


def test_a_state_set_without_states_is_refused_with_how_to_declare_them(monitor):
    bare = Metric(name="run_state", kind="stateset", help="State of a run.", labels=("model",))
    with pytest.raises(DeclarationError, match=r"declares no states\s+hint: give it a label"):
        monitor.stateset(bare)


@pytest.mark.parametrize("kind", ["info", "stateset"])
def test_each_kind_is_bound_by_its_own_method(monitor, kind):
    metric = Metric(name="some_total", kind="counter", help="Something.")
    with pytest.raises(DeclarationError, match=f"is a counter, not a {kind}"):
        getattr(monitor, kind)(metric)
