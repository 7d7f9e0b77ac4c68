import pytest

from vedette.verify.asks import Prometheus
from vedette.verify.outcome import BrokenPromiseError


@pytest.fixture
def asked(prometheus):
    return Prometheus(prometheus.url)


def test_a_system_of_this_machine_is_not_asked_through_a_proxy(prometheus, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.setenv("no_proxy", "")
    monkeypatch.delenv("NO_PROXY", raising=False)
    prometheus.series["up"] = [({}, 1.0)]
    assert Prometheus(prometheus.url).number("up") == 1


def test_a_prometheus_that_is_away_breaks_the_promise():
    with pytest.raises(BrokenPromiseError, match=r"Prometheus at http://127\.0\.0\.1:9 cannot be"):
        Prometheus("http://127.0.0.1:9").query("up")


def test_the_kind_of_a_counter_is_found_with_and_without_its_suffix(prometheus, asked):
    prometheus.kinds = {"a_total": "counter", "b": "counter"}
    assert asked.kind("a_total") == asked.kind("b_total") == "counter"
    assert asked.kind("c_total") == ""


def test_alerts_are_chosen_by_name_and_labels(prometheus, asked):
    prometheus.states = [
        ({"alertname": "Slow", "model": "a"}, "firing"),
        ({"alertname": "Slow", "model": "b"}, "pending"),
        ({"alertname": "Down", "model": "a"}, "firing"),
    ]
    assert asked.alerts("Slow", {}) == ["firing", "pending"]
    assert asked.alerts("Slow", {"model": "b"}) == ["pending"]


def test_the_rules_are_known_by_name(prometheus, asked):
    prometheus.rules = ["Slow", "Down"]
    assert asked.rule_names() == {"Slow", "Down"}
