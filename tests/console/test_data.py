import json

import pytest

PANELS = [
    {"id": 1, "type": "timeseries", "targets": [{"expr": 'rate(a{j="$job"}[$__rate_interval])'}]},
    {"id": 2, "type": "stat", "targets": [{"expr": "b", "instant": True}, {"expr": "c"}]},
]
VARIABLE = {"type": "query", "name": "job", "query": "label_values(up, job)"}
BOARD = {"uid": "a", "title": "A", "panels": PANELS, "templating": {"list": [VARIABLE]}}


@pytest.fixture
def ask(console, folder, prometheus):
    (folder / "a.json").write_text(json.dumps(BOARD))
    prometheus.answers["/api/v1/targets"] = {"activeTargets": [{"scrapeInterval": "2s"}]}

    def _ask(*panels, **more):
        wanted = {
            "start": 1000,
            "end": 1600,
            "panels": [{"id": number, "points": 600} for number in panels],
        }
        answer = console.post("/api/dashboards/a/data", json={**wanted, **more})
        assert answer.status_code == 200, answer.text
        return [json.loads(line) for line in answer.text.splitlines()]

    return _ask


def test_every_query_of_the_wanted_panels_is_answered_on_its_own_line(ask):
    lines = ask(1, 2)
    assert sorted((line["panel"], line["ref"]) for line in lines) == [(1, "A"), (2, "A"), (2, "B")]
    assert all(line["answer"]["status"] == "success" for line in lines)


def test_variables_and_the_step_are_put_into_the_expression(ask, prometheus):
    (line,) = ask(1, values={"job": ["api"]})
    assert line["expr"] == 'rate(a{j="api"}[8s])'
    (asked,) = [params for _, path, params in prometheus.asked if path.endswith("query_range")]
    assert asked["query"] == line["expr"]
    assert (asked["step"], asked["start"], asked["end"]) == ("2.000", "1000.000", "1600.000")


def test_an_instant_query_is_asked_for_the_end(ask, prometheus):
    ask(2)
    (asked,) = [params for _, path, params in prometheus.asked if path.endswith("/query")]
    assert asked["time"] == "1600.000"


def test_a_wrong_query_is_a_line_and_spoils_no_other(ask, prometheus):
    body = b'{"status": "error", "error": "parse error"}'
    prometheus.raw["/api/v1/query"] = (400, "application/json", body)
    by_ref = {line["ref"]: line for line in ask(2)}
    assert by_ref["A"]["problem"] == "parse error"
    assert by_ref["A"]["away"] is False
    assert "answer" in by_ref["B"]


def test_a_prometheus_that_is_away_is_told_from_a_wrong_query(ask, prometheus):
    prometheus.raw["/api/v1/query_range"] = (503, "text/html", b"<html>")
    (line,) = ask(1)
    assert line["away"] is True


def test_line_breaks_in_an_answer_do_not_break_the_lines(ask, prometheus):
    body = b'{\n"status":"success",\n"data":{"resultType":"matrix","result":[]}}\n'
    prometheus.raw["/api/v1/query_range"] = (200, "application/json", body)
    assert ask(1)[0]["answer"]["status"] == "success"


def test_a_panel_that_is_not_there_is_left_out(ask):
    assert ask(77) == []


def test_a_range_that_ends_before_it_starts_is_refused(console, folder):
    (folder / "a.json").write_text(json.dumps(BOARD))
    wanted = {"start": 5, "end": 4, "panels": []}
    answer = console.post("/api/dashboards/a/data", json=wanted)
    assert answer.status_code == 422
    assert "before it starts" in answer.json()["problem"]


def test_the_scrape_interval_is_asked_for_once(ask, prometheus):
    ask(1)
    ask(1)
    assert [path for _, path, _ in prometheus.asked].count("/api/v1/targets") == 1
