import math
import runpy

import pytest

from vedette.integrations import keras as watched
from vedette.sdk.monitor import Monitor


@pytest.fixture(scope="module")
def library():
    """Keras on torch, the only one of its engines that the tests have."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KERAS_BACKEND", "torch")
        return pytest.importorskip("keras")


@pytest.fixture
def monitor():
    return Monitor(isolated=True)


def line(library):
    """A model that learns a line."""
    model = library.Sequential([library.Input((4,)), library.layers.Dense(1)], name="line")
    model.compile(optimizer=library.optimizers.SGD(0.05), loss="mse", metrics=["binary_accuracy"])
    return model


@pytest.fixture
def model(library):
    library.utils.set_random_seed(1)
    return line(library)


@pytest.fixture
def data(library):
    assert library
    import numpy as np

    x = np.random.default_rng(1).normal(size=(40, 4)).astype("float32")
    return x, x.sum(axis=1, keepdims=True)


@pytest.fixture
def everything(monkeypatch):
    """The automatic form, undone after the test."""
    monkeypatch.setattr(watched._Everyone, "follow", False)
    monkeypatch.setattr(watched._Everyone, "monitor", None)
    return watched.instrument


def fit(model, data, **named):
    """Fit for two epochs of five batches."""
    return model.fit(*data, **{"batch_size": 8, "epochs": 2, "verbose": 0, **named})


def value(monitor, name, **labels):
    """The value of the one series with these labels; None where there is none."""
    wanted = {f'{key}="{value}"' for key, value in labels.items()}
    lines = monitor.expose().body.decode().splitlines()
    found = [line for line in lines if line.startswith(name) and all(w in line for w in wanted)]
    assert len(found) <= 1, found
    return float(found[0].split()[-1]) if found else None


def test_a_fit_is_followed_from_its_first_step_to_its_end(library, model, data, monitor):
    states: list[float | None] = []

    class Spy(library.callbacks.Callback):  # type: ignore[name-defined]  # imported late
        def on_test_batch_begin(self, batch, logs=None):
            del batch, logs
            states.append(value(monitor, "training_run_state", state="idle"))

        def on_train_batch_begin(self, batch, logs=None):
            del batch, logs
            states.append(value(monitor, "training_run_state", state="running"))

    follow = watched.callback(model="faces", run="7", monitor=monitor)
    history = fit(model, data, validation_data=data, callbacks=[follow, Spy()]).history
    assert set(states) == {1}
    assert value(monitor, "training_run_state", state="finished") == 1
    assert value(monitor, "training_steps_total", model="faces", run="7") == 10
    assert value(monitor, "training_epoch") == 2
    assert value(monitor, "epoch_progress") == 1
    assert value(monitor, "training_loss") == pytest.approx(history["loss"][-1])
    assert value(monitor, "training_learning_rate") == pytest.approx(0.05)
    assert value(monitor, "validation_loss") == pytest.approx(history["val_loss"][-1])
    accuracy = history["val_binary_accuracy"][-1]
    assert value(monitor, "validation_accuracy") == pytest.approx(accuracy)
    assert value(monitor, "training_data_wait_seconds_total") > 0
    assert value(monitor, "vedette_lost_records_total", metric="training_steps_total") == 0


def test_steps_that_keras_runs_together_are_all_counted(model, monitor):
    # As it calls on engines that can: once for every two steps, and once for the last.
    follow = watched.callback(monitor=monitor)
    follow.set_model(model)
    follow.set_params({"steps": 5})
    follow.on_train_begin()
    for epoch in range(2):
        follow.on_epoch_begin(epoch)
        for last in (1, 3, 4):
            follow.on_train_batch_end(last, {"loss": 0.5})
    assert value(monitor, "training_steps_total", model="line") == 10
    follow.on_train_end()


def test_a_loss_that_turns_nan_is_seen(model, data, monitor):
    x, y = data
    fit(model, (x * math.nan, y), callbacks=[watched.callback(monitor=monitor)])
    assert math.isnan(value(monitor, "training_loss"))
    assert value(monitor, "training_not_finite_total", kind="loss") == 10


def test_a_fit_that_fails_says_so(library, model, data, monitor):
    class Breaks(library.callbacks.Callback):  # type: ignore[name-defined]  # imported late
        def on_train_batch_end(self, batch, logs=None):
            del batch, logs
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fit(model, data, callbacks=[watched.callback(monitor=monitor), Breaks()])
    assert value(monitor, "training_run_state", state="stopped") == 1


def test_every_model_is_followed_once_without_being_named(model, data, monitor, everything):
    everything(monitor=monitor)
    everything(monitor=Monitor(isolated=True))
    fit(model, data)
    fit(model, data, callbacks=[watched.callback(monitor=monitor)])
    assert value(monitor, "training_steps_total", model="line") == 20


def test_a_model_that_is_named_is_followed_alone(library, model, data, monitor):
    other = line(library)
    watched.instrument(model, monitor=monitor)
    fit(other, data)
    assert value(monitor, "training_steps_total") is None
    fit(model, data, callbacks=library.callbacks.LambdaCallback())
    assert value(monitor, "training_steps_total") == 10


def test_a_list_of_callbacks_that_keras_made_is_left_as_it_is(library, model, data, monitor):
    follow = watched.callback(monitor=monitor)
    several = library.callbacks.CallbackList([follow], add_history=True, model=model, steps=5)
    fit(model, data, callbacks=several)
    assert value(monitor, "training_steps_total") == 10


def test_a_fault_of_the_monitor_does_not_reach_the_fit(model, data, monitor, monkeypatch):
    def breaks(*_args, **_named):
        message = "broken on purpose"
        raise RuntimeError(message)

    for name in ("step", "epoch", "waited", "pause", "validated"):
        monkeypatch.setattr(f"vedette.packs.training.record.Training.{name}", breaks)
    follow = watched.callback(monitor=monitor)
    fit(model, data, validation_data=data, callbacks=[follow])
    assert value(monitor, "vedette_lost_records_total", metric="training_steps_total") > 10


def test_what_cannot_be_followed_trains_all_the_same(model, data, monitor, everything, monkeypatch):
    everything(monitor=monitor)
    monkeypatch.setattr(watched, "_kind", None)
    assert len(fit(model, data).history["loss"]) == 2


def test_what_a_person_pastes_runs(library, tmp_path, everything):
    assert library
    assert everything
    (tmp_path / "pasted.py").write_text(watched.INTEGRATION.example)
    runpy.run_path(str(tmp_path / "pasted.py"))
    assert watched._Everyone.follow
