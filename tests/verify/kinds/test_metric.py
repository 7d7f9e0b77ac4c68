import pytest

from vedette.verify.kinds.metric import MetricPromise, check
from vedette.verify.outcome import BrokenPromiseError

STEPS = "training_steps_total"


def promise(**changes):
    return MetricPromise(**{"metric": STEPS, "kind": "counter", "within": 0.01, **changes})


@pytest.fixture
def exposed(prometheus):
    prometheus.kinds[STEPS] = "counter"
    prometheus.series[STEPS + "{}"] = [({"__name__": STEPS, "model": "language"}, 5.0)]
    return prometheus


@pytest.mark.usefixtures("exposed")
def test_a_metric_that_is_there_is_kept(system):
    seen = check(promise(labels=("model",), moves=False), system)
    assert 'training_steps_total{model="language"} 5' in seen.text


def test_a_metric_that_moves_is_kept(exposed, system):
    values = iter([5.0, 5.0, 9.0])
    plain = exposed.answers["/api/v1/query"]

    def rising(params):
        exposed.series[STEPS + "{}"] = [({"model": "language"}, next(values, 9.0))]
        return plain(params)

    exposed.answers["/api/v1/query"] = rising
    assert "5 became 9" in check(promise(within=5), system).text


@pytest.mark.usefixtures("exposed")
def test_a_metric_that_stands_still_is_broken(system):
    with pytest.raises(BrokenPromiseError, match="no value changed"):
        check(promise(), system)


@pytest.mark.usefixtures("prometheus")
def test_a_metric_that_is_not_there_is_broken(system):
    with pytest.raises(BrokenPromiseError, match="has no series"):
        check(promise(), system)


def test_a_metric_of_another_kind_is_broken(exposed, system):
    exposed.kinds[STEPS] = "gauge"
    with pytest.raises(BrokenPromiseError, match="declared as gauge, not as counter"):
        check(promise(moves=False), system)


def test_a_metric_without_a_declaration_is_broken(exposed, system):
    exposed.kinds.clear()
    with pytest.raises(BrokenPromiseError, match="declared as nothing"):
        check(promise(moves=False), system)


@pytest.mark.usefixtures("exposed")
def test_a_series_without_its_label_is_broken(system):
    with pytest.raises(BrokenPromiseError, match="lacks the label epoch"):
        check(promise(labels=("model", "epoch"), moves=False), system)


def test_a_counter_of_openmetrics_is_known_without_its_suffix(exposed, system):
    exposed.kinds = {"training_steps": "counter"}
    assert "5" in check(promise(moves=False), system).text


def test_a_histogram_is_watched_by_its_count():
    latency = MetricPromise(metric="latency_seconds", kind="histogram", where='job="x"')
    assert latency.series() == 'latency_seconds_count{job="x"}'
    assert latency.words() == "histogram latency_seconds is there and moves"
