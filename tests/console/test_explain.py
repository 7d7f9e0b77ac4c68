import pytest

KNOWN = {"count(a)", 'count(a{x="1"})', "count(b)"}


@pytest.fixture
def reason(console, prometheus):
    def count(params):
        found = [{"metric": {}, "value": [0, "1"]}] if params["query"] in KNOWN else []
        return {"resultType": "vector", "result": found}

    prometheus.answers["/api/v1/query"] = count

    def _reason(expr):
        return console.get("/api/explain", params={"expr": expr}).json()["reason"]

    return _reason


def test_a_metric_that_nobody_exposes_is_named(reason):
    assert reason("rate(nobody_total[5m])") == "No target exposes nobody_total."


def test_a_rule_that_nobody_wrote_is_named(reason):
    assert reason("job:rate:sum5m") == "No rule records job:rate:sum5m."


def test_labels_that_no_series_has_are_named(reason):
    assert reason('sum(a{x="2"})') == 'No series of a matches {x="2"}.'


def test_the_first_missing_part_counts(reason):
    assert "missing" in reason("b / missing")


def test_series_that_exist_but_give_nothing_are_explained(reason):
    assert reason('a{x="1"} > 5').startswith("Its series exist")


def test_an_expression_without_series_says_so(reason):
    assert reason("1 > 2") == "The expression asks for no series."


def test_a_very_long_expression_is_refused(console):
    assert console.get("/api/explain", params={"expr": "a" * 20_001}).status_code == 422
