import json

import pytest

CHAINED = [
    {"type": "datasource", "name": "datasource", "query": "prometheus"},
    {"type": "query", "name": "job", "label": "Job", "query": "label_values(up, job)"},
    {
        "type": "query",
        "name": "node",
        "query": 'label_values(up{job="$job"}, instance)',
        "multi": True,
        "includeAll": True,
    },
    {"type": "custom", "name": "kind", "query": "a,b"},
]


@pytest.fixture
def ask(console, folder, prometheus):
    def values(params):
        return ["n1", "n2"] if params.get("match[]") == 'up{job="web"}' else ["other"]

    prometheus.answers["/api/v1/label/job/values"] = ["api", "web"]
    prometheus.answers["/api/v1/label/instance/values"] = values

    def _ask(variables=CHAINED, **values):
        board = {"uid": "a", "templating": {"list": variables}}
        (folder / "a.json").write_text(json.dumps(board))
        wanted = {"start": 1, "end": 2, "values": values}
        answer = console.post("/api/dashboards/a/variables", json=wanted)
        return {one["name"]: one for one in answer.json()}

    return _ask


def test_choices_come_from_label_values(ask):
    job = ask()["job"]
    assert [choice["value"] for choice in job["choices"]] == ["api", "web"]
    assert (job["chosen"], job["values"]) == (["api"], ["api"])


def test_a_variable_follows_the_one_it_depends_on(ask):
    assert ask(job=["web"])["node"]["values"] == ["n1", "n2"]
    assert ask(job=["api"])["node"]["values"] == ["other"]


def test_all_stands_first_and_for_every_value(ask):
    node = ask(job=["web"])["node"]
    assert node["choices"][0] == {"text": "All", "value": "$__all"}
    assert (node["chosen"], node["values"]) == (["$__all"], ["n1", "n2"])


def test_fixed_choices_need_no_prometheus(ask):
    assert [choice["value"] for choice in ask(kind=["b"])["kind"]["choices"]] == ["a", "b"]


def test_a_question_that_fails_leaves_the_other_variables_alone(ask, prometheus):
    del prometheus.answers["/api/v1/label/job/values"]
    found = ask()
    assert "nobody knows" in found["job"]["problem"]
    assert found["kind"]["values"] == ["a"]


def test_the_result_of_a_query_can_be_cut(ask, prometheus):
    row = {"metric": {"__name__": "up", "job": "x"}, "value": [1.5, "3"]}
    prometheus.answers["/api/v1/query"] = {"resultType": "vector", "result": [row]}
    variable = {"type": "query", "name": "q", "query": "query_result(up)", "regex": '/job="(.*)"/'}
    assert ask([variable])["q"]["values"] == ["x"]
