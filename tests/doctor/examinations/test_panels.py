import json

import pytest

from vedette.doctor.diagnosis import Fine
from vedette.doctor.examinations.panels import EXAMINATION
from vedette.render.grafana import dashboards

LISTED = {"scrapeUrl": "", "labels": {"job": "m0", "instance": "a:1"}}


def examined(patient):
    return list(EXAMINATION.examine(patient))


@pytest.fixture
def look(patient, prometheus):
    """Examine the panels of one pack's dashboards against a Prometheus of the test."""

    def looking(pack, queries=None, **server):
        one = patient("a:1", module={"packs": (pack,)}, prometheus=prometheus(queries, **server))
        folder = one.plan.state / "config" / "console" / "dashboards"
        folder.mkdir(parents=True)
        for name, text in dashboards(one.plan).items():
            (folder / name).write_text(text, encoding="utf-8")
        return examined(one)

    return looking


def test_panels_with_data_are_fine(look):
    results = look("serving", lambda _: [({}, 1.0)], values=["x"])
    assert results
    assert all(isinstance(one, Fine) for one in results)


def test_a_metric_that_was_never_seen_is_named(look):
    results = look("validation", targets=[{**LISTED, "health": "up"}])
    assert {one.rule for one in results} == {"panel-never-seen"}
    assert all(one.level == "info" for one in results)
    assert "never exposed by m0" in results[0].message


def test_a_target_that_is_down_explains_all_of_its_panels_at_once(look):
    down = {**LISTED, "health": "down", "lastError": "connection refused"}
    (finding,) = look("validation", targets=[down])
    assert (finding.rule, finding.level) == ("panel-target-down", "warning")
    assert "m0 (a:1) cannot be scraped: connection refused" in finding.message
    assert "panels" in finding.message


def test_a_selection_without_a_series_is_told(look):
    def some(expr):  # every metric exists, no selection of it does
        return [({}, 1.0)] if expr.startswith("count(") and "{" not in expr else []

    rules = {one.rule for one in look("serving", some)}
    assert "panel-selection" in rules


def test_series_without_a_value_are_told(look):
    results = look("validation", lambda expr: [({}, 1.0)] if expr.startswith("count(") else [])
    assert {one.rule for one in results} == {"panel-no-value"}


def test_not_a_number_is_no_data(look):
    results = look("validation", lambda _: [({}, float("nan"))])
    assert {one.rule for one in results} == {"panel-no-value"}


def test_a_dashboard_that_cannot_be_read_is_named(patient, prometheus):
    one = patient(prometheus=prometheus())
    folder = one.plan.state / "config" / "console" / "dashboards"
    folder.mkdir(parents=True)
    (folder / "bad.json").write_text("{")
    (folder / "empty.json").write_text(json.dumps({"title": "Empty", "panels": []}))
    finding, fine = examined(one)
    assert finding.rule == "dashboard-unreadable"
    assert "bad.json" in finding.message
    assert isinstance(fine, Fine)
