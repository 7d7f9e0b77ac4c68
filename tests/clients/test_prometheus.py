import pytest

from vedette.clients.http import Access, UnanswerableError
from vedette.clients.prometheus import Prometheus


@pytest.fixture
def ask(serve):
    """Return a client of a server with these answers."""
    clients = []

    def make(answers, **access):
        clients.append(Prometheus(serve(answers), Access(**access)))
        return clients[-1]

    yield make
    for client in clients:
        client.close()


def test_a_vector_becomes_samples_with_labels(ask, api):
    row = {"metric": {"__name__": "up", "job": "a"}, "value": [1700000000.5, "1"]}
    client = ask({"/api/v1/query": api({"resultType": "vector", "result": [row]})})
    (sample,) = client.query("up")
    assert (sample.labels["job"], sample.value, sample.time) == ("a", 1.0, 1700000000.5)


def test_a_scalar_is_one_sample_without_labels(ask, api):
    client = ask({"/api/v1/query": api({"resultType": "scalar", "result": [1, "NaN"]})})
    (sample,) = client.query("1")
    assert sample.labels == {}
    assert sample.value != sample.value


def test_a_range_becomes_points(ask, api):
    row = {"metric": {"job": "a"}, "values": [[1, "2"], [2, "3.5"]]}
    client = ask({"/api/v1/query_range": api({"resultType": "matrix", "result": [row]})})
    (series,) = client.query_range("up", start=1, end=2, step=1)
    assert series.points == ((1.0, 2.0), (2.0, 3.5))


def test_targets_carry_their_error(ask, api):
    row = {
        "labels": {"job": "a", "instance": "b:1"},
        "scrapeUrl": "http://b:1/metrics",
        "health": "down",
        "lastError": "connection refused",
    }
    client = ask({"/api/v1/targets": api({"activeTargets": [row]})})
    (target,) = client.targets()
    assert (target.health, target.error, target.job) == ("down", "connection refused", "a")


def test_rules_of_both_kinds_are_returned_with_their_group(ask, api):
    rows = [
        {"name": "A", "type": "alerting", "query": "up == 0", "health": "ok", "state": "firing"},
        {"name": "b:c:d", "type": "recording", "query": "up", "health": "err", "lastError": "x"},
    ]
    client = ask({"/api/v1/rules": api({"groups": [{"name": "g", "rules": rows}]})})
    assert [(rule.group, rule.kind, rule.state, rule.error) for rule in client.rules()] == [
        ("g", "alerting", "firing", ""),
        ("g", "recording", "", "x"),
    ]


def test_a_refused_query_is_quoted(ask):
    body = '{"status":"error","errorType":"bad_data","error":"parse error: oh dear"}'
    client = ask({"/api/v1/query": (400, "application/json", body)})
    with pytest.raises(UnanswerableError, match="oh dear"):
        client.query("up{")


@pytest.mark.parametrize(
    "answer, said",
    [
        ((200, "text/html", "<html>"), "text/html instead of JSON"),
        ((200, "application/json", "[1]"), "something unexpected"),
        ((500, "text/plain", ""), "with 500"),
        ((401, "text/plain", ""), "with 401"),
    ],
)
def test_what_is_not_prometheus_is_said_to_be_something_else(ask, answer, said):
    with pytest.raises(UnanswerableError, match=said):
        ask({"/api/v1/query": answer}).query("up")


def test_a_server_that_is_not_there_is_named():
    client = Prometheus("http://127.0.0.1:9")
    with pytest.raises(UnanswerableError, match=r"127\.0\.0\.1:9 cannot be reached"):
        client.query("up")
    assert not client.ready()
    client.close()
