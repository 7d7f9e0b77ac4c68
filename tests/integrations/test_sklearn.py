import runpy

import pytest

from vedette.integrations import sklearn as watched
from vedette.sdk.monitor import Monitor


@pytest.fixture(scope="module")
def library():
    return pytest.importorskip("sklearn")


@pytest.fixture
def monitor():
    return Monitor(isolated=True)


@pytest.fixture
def everything(monkeypatch):
    """The automatic form, undone after the test."""
    monkeypatch.setattr(watched._Everyone, "follow", False)
    monkeypatch.setattr(watched._Everyone, "monitor", None)
    monkeypatch.setattr(watched._Everyone, "of", {})
    return watched.instrument


@pytest.fixture
def data(library):
    assert library
    import numpy as np

    x = np.random.default_rng(1).normal(size=(60, 3))
    return x, (x[:, 0] > 0).astype(int)


def value(monitor, name, **labels):
    """The value of the one series with these labels; None where there is none."""
    wanted = {f'{key}="{value}"' for key, value in labels.items()}
    lines = monitor.expose().body.decode().splitlines()
    found = [line for line in lines if line.startswith(name) and all(w in line for w in wanted)]
    assert len(found) <= 1, found
    return float(found[0].split()[-1]) if found else None


def classifier(**named):
    """A network that keeps its loss."""
    from sklearn.neural_network import MLPClassifier

    return MLPClassifier(hidden_layer_sizes=(4,), max_iter=2, random_state=1, **named)


def test_each_part_that_is_learnt_is_a_step(data, monitor):
    x, y = data
    model = classifier()
    watched.instrument(model, model="digits", monitor=monitor)
    watched.instrument(model, model="other", monitor=monitor)
    for part in range(3):
        model.partial_fit(
            x[part * 20 : (part + 1) * 20], y[part * 20 : (part + 1) * 20], classes=[0, 1]
        )
    assert value(monitor, "training_steps_total", model="digits") == 3
    assert value(monitor, "training_samples_total", model="digits") == 60
    assert value(monitor, "training_step_duration_seconds_count", model="digits") == 3
    assert value(monitor, "training_loss", model="digits") == pytest.approx(model.loss_)
    # Between two parts it does not train, and nobody should wonder.
    assert value(monitor, "training_run_state", state="finished") == 1
    assert value(monitor, "training_steps_total", model="other") is None


def test_each_prediction_is_an_inference(data, monitor):
    from sklearn.linear_model import SGDClassifier

    x, y = data
    model = SGDClassifier(random_state=1)
    watched.instrument(model, monitor=monitor)
    answers = model.fit(x, y).predict(x)
    assert answers.shape == (60,)
    seen = "model_inference_latency_seconds_count"
    assert value(monitor, seen, model="SGDClassifier") == 1
    with pytest.raises(ValueError, match="features"):
        model.predict(x[:, :2])
    assert value(monitor, "model_requests_total", status="ok") == 1
    assert value(monitor, "model_requests_total", status="error") == 1


def test_a_fit_that_fails_says_so(monitor):
    model = classifier()
    watched.instrument(model, monitor=monitor)
    with pytest.raises(ValueError, match="0 feature"):
        model.fit([[]], [])
    assert value(monitor, "training_run_state", state="failed") == 1
    assert value(monitor, "training_steps_total") == 0


def test_of_estimators_inside_others_only_the_outermost_call_is_recorded(data, monitor, everything):
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import GridSearchCV

    everything(monitor=monitor)
    search = GridSearchCV(LogisticRegression(), {"C": [0.1, 1.0]}, cv=2).fit(*data)
    assert value(monitor, "training_steps_total", model="GridSearchCV") == 1
    assert value(monitor, "training_steps_total", model="LogisticRegression") is None
    search.predict(data[0])
    name = "model_inference_latency_seconds_count"
    assert value(monitor, name, model="GridSearchCV") == 1
    assert value(monitor, name, model="LogisticRegression") is None


def test_a_method_that_depends_on_a_setting_stays_so(data, monitor, everything):
    from sklearn.linear_model import SGDClassifier

    everything(monitor=monitor)
    assert not hasattr(SGDClassifier(loss="hinge").fit(*data), "predict_proba")
    assert SGDClassifier(loss="log_loss").fit(*data).predict_proba(data[0]).shape == (60, 2)
    assert value(monitor, "model_requests_total", status="ok") == 1


def test_classes_that_are_defined_later_are_recorded_too(library, monitor, everything):
    everything(monitor=monitor)
    everything(monitor=Monitor(isolated=True))
    from sklearn.base import BaseEstimator, ClassifierMixin

    assert library

    class Constant(ClassifierMixin, BaseEstimator):
        def fit(self, X, y):  # noqa: N803 - as scikit-learn spells it
            self.answer_ = y[0]
            self.length_ = len(X)
            return self

        def predict(self, X):  # noqa: N803 - as scikit-learn spells it
            return [self.answer_ for _ in X]

    rows = [[1.0], [2.0], [3.0]]
    assert Constant().fit(X=rows, y=[1, 0, 0]).predict(rows) == [1, 1, 1]
    assert value(monitor, "training_samples_total", model="Constant") == 3
    assert value(monitor, "model_inference_latency_seconds_count", model="Constant") == 1


def test_an_estimator_that_nobody_named_is_left_alone(data, monitor):
    watched.instrument(classifier(), monitor=monitor)
    model = classifier(alpha=0.5).partial_fit(*data, classes=[0, 1])
    model.predict(data[0])
    assert value(monitor, "training_steps_total") in {None, 0}


def test_a_watched_estimator_is_cloned_and_saved_as_any_other(data, monitor):
    import pickle

    from sklearn.base import clone

    model = classifier()
    watched.instrument(model, monitor=monitor)
    model.partial_fit(*data, classes=[0, 1])
    again = pickle.loads(pickle.dumps(model))  # noqa: S301 - our own
    assert (again.predict(data[0]) == model.predict(data[0])).all()
    assert clone(model).get_params() == model.get_params()
    clone(model).partial_fit(*data, classes=[0, 1])
    assert value(monitor, "training_steps_total") == 1


def test_a_fault_of_the_monitor_does_not_reach_the_fit(data, monitor, monkeypatch):
    def breaks(*_args, **_named):
        message = "broken on purpose"
        raise RuntimeError(message)

    model = classifier()
    watched.instrument(model, monitor=monitor)
    monkeypatch.setattr("vedette.packs.training.record.Training.step", breaks)
    model.partial_fit(*data, classes=[0, 1])
    assert value(monitor, "vedette_lost_records_total", metric="training_steps_total") == 1
    monkeypatch.setattr(watched, "_of", breaks)
    model.partial_fit(*data, classes=[0, 1])


def test_what_a_person_pastes_runs(library, tmp_path, everything, monitor):
    assert library
    everything(monitor=monitor)
    (tmp_path / "pasted.py").write_text(watched.INTEGRATION.example)
    runpy.run_path(str(tmp_path / "pasted.py"))
    assert value(monitor, "training_steps_total", model="SGDClassifier") == 1
