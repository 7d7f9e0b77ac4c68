import json
import time
import uuid

import pytest

from vedette.model.mark import MARK

BOARD = {
    "uid": "shop",
    "title": "Shop",
    "panels": [],
    "annotations": {
        "list": [
            {"name": "Restarts", "expr": 'restarts{job=~"$job"}', "titleFormat": "{{job}} began"},
            {"name": "Marks", "expr": f"{MARK} * 1000", "useValueForTime": True},
        ]
    },
    "templating": {"list": [{"type": "custom", "name": "job", "query": "a,b", "multi": True}]},
}


@pytest.fixture
def board(folder):
    (folder / "shop.json").write_text(json.dumps(BOARD))


def ask(console, start=1000.0, end=2000.0, **values):
    wanted = {"start": start, "end": end, "values": values}
    answer = console.post("/api/dashboards/shop/annotations", json=wanted)
    assert answer.status_code == 200
    return answer.json()


def matrix(*rows):
    return {"resultType": "matrix", "result": list(rows)}


@pytest.mark.usefixtures("board")
def test_a_boards_own_annotations_are_asked_with_its_variables(console, prometheus):
    asked = []

    def answer(params):
        asked.append(params["query"])
        if "restarts" not in params["query"]:
            return matrix()
        return matrix({"metric": {"job": "a"}, "values": [[1500, "1"], [1560, "0"]]})

    prometheus.answers["/api/v1/query_range"] = answer
    (event,) = ask(console, job=["a"])
    assert (event["title"], event["start"], event["end"]) == ("a began", 1500, 1500)
    assert 'restarts{job=~"a"}' in asked


@pytest.mark.usefixtures("board")
def test_without_a_store_marks_are_asked_of_prometheus_at_their_own_time(console, prometheus):
    asked = []

    def answer(params):
        asked.append(params)
        if 'kind="incident"' not in params["query"]:
            return matrix()
        labels = {"kind": "incident", "text": "it broke", "module": "shop"}
        return matrix({"metric": labels, "values": [[9000, "1500000"], [9060, "1500000"]]})

    prometheus.answers["/api/v1/query_range"] = answer
    (event,) = ask(console)
    assert (event["start"], event["end"], event["colour"]) == (1500, 1500, "red")
    assert (event["title"], event["text"], event["tags"]) == ("incident", "it broke", ["shop"])
    marks = [params for params in asked if MARK.name in params["query"]]
    # A mark may have been set long after its time: it is asked for until now.
    assert all(float(params["end"]) > time.time() - 60 for params in marks)


@pytest.mark.usefixtures("board")
def test_with_a_store_marks_come_from_it_each_once(open_console, tmp_path, prometheus):
    console = open_console(state=tmp_path)
    for at, text in ((1500.0, "v2"), (5000.0, "later")):
        made = {"id": uuid.uuid4().hex, "kind": "deployment", "text": text, "at": at}
        told = {"format": 1, "mark": {**made, "module": "shop", "model": ""}}
        console.post("/api/handover", json=told)
    (event,) = ask(console)
    assert (event["title"], event["text"], event["start"]) == ("deployment", "v2", 1500)
    assert (event["colour"], event["tags"]) == ("blue", ["shop"])
    asked = [params["query"] for _, path, params in prometheus.asked if "query" in params]
    assert not [query for query in asked if MARK.name in query]


@pytest.mark.usefixtures("board")
def test_while_prometheus_is_away_marks_are_drawn_all_the_same(open_console, tmp_path, prometheus):
    console = open_console(state=tmp_path)
    made = {"id": uuid.uuid4().hex, "kind": "training", "text": "t", "at": 1500}
    console.post("/api/handover", json={"format": 1, "mark": {**made, "module": "", "model": ""}})
    prometheus.raw["/api/v1/query_range"] = (500, "text/plain", b"no")
    assert [event["title"] for event in ask(console)] == ["training"]


@pytest.mark.usefixtures("board")
@pytest.mark.parametrize("result", [[{"metric": {}}], [{"values": []}], [None], "x"])
def test_a_strange_answer_is_no_event(console, prometheus, result):
    prometheus.answers["/api/v1/query_range"] = {"resultType": "matrix", "result": result}
    assert ask(console) == []
