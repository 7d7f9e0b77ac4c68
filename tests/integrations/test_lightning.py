import math
import pickle
import runpy

import pytest

from vedette.integrations import lightning as watched
from vedette.integrations import pytorch
from vedette.packs.training.follow import Names
from vedette.sdk.monitor import Monitor

pytestmark = [
    # Lightning tells of what a test of five batches leaves out on purpose.
    pytest.mark.filterwarnings("ignore:The '.*_dataloader' does not have many workers"),
    pytest.mark.filterwarnings("ignore:You defined a `validation_step` but have no"),
    # Lightning asks torch for a class that torch is about to leave out.
    pytest.mark.filterwarnings("ignore:.*LeafSpec.*is deprecated:FutureWarning"),
]


@pytest.fixture(scope="module")
def library():
    return pytest.importorskip("lightning.pytorch")


@pytest.fixture
def monitor():
    return Monitor(isolated=True)


@pytest.fixture(scope="module")
def line(library):
    """A class of modules that learn a line; `worst` is what each loss is multiplied with."""
    import torch

    class Line(library.LightningModule):  # type: ignore[name-defined]  # imported late
        worst = 1.0

        def __init__(self):
            super().__init__()
            self.layer = torch.nn.Linear(4, 1)

        def training_step(self, batch, at):
            del at
            return (self.layer(batch[0]) - 1).square().mean() * self.worst

        def validation_step(self, batch, at):
            del at
            loss = (self.layer(batch[0]) - 1).square().mean()
            self.log_dict({"val_loss": loss, "val_acc": 0.75, "val/f1": 0.5}, batch_size=8)

        def configure_optimizers(self):
            return torch.optim.SGD(self.parameters(), lr=0.05)

    return Line


@pytest.fixture
def loader(library):
    assert library
    import torch

    rows = torch.utils.data.TensorDataset(torch.randn(40, 4))
    return torch.utils.data.DataLoader(rows, batch_size=8)


@pytest.fixture
def everything(library, monkeypatch):
    """The automatic form, undone after the test."""
    monkeypatch.setattr(watched, "_patched", set())
    monkeypatch.setattr(library.Trainer, "__init__", library.Trainer.__init__)
    return watched.instrument


def trainer(library, folder, **named):
    """A trainer that leaves nothing behind."""
    quiet = {
        "accelerator": "cpu",
        "logger": False,
        "enable_checkpointing": False,
        "enable_progress_bar": False,
        "enable_model_summary": False,
        "max_epochs": 2,
    }
    return library.Trainer(**{**quiet, "default_root_dir": folder, **named})


def value(monitor, name, **labels):
    """The value of the one series with these labels; None where there is none."""
    wanted = {f'{key}="{value}"' for key, value in labels.items()}
    lines = monitor.expose().body.decode().splitlines()
    found = [line for line in lines if line.startswith(name) and all(w in line for w in wanted)]
    assert len(found) <= 1, found
    return float(found[0].split()[-1]) if found else None


def test_a_fit_is_followed_from_its_first_step_to_its_end(library, line, loader, monitor, tmp_path):
    states: list[float | None] = []

    class Spy(library.Callback):  # type: ignore[name-defined]  # imported late
        def on_validation_batch_start(self, trainer, *_):
            if not trainer.sanity_checking:
                states.append(value(monitor, "training_run_state", state="idle"))

        def on_train_batch_start(self, *_):
            states.append(value(monitor, "training_run_state", state="running"))

    follow = watched.callback(model="line", run="7", monitor=monitor)
    trainer(library, tmp_path, callbacks=[follow, Spy()]).fit(line(), loader, loader)
    assert set(states) == {1}
    assert value(monitor, "training_run_state", state="finished") == 1
    assert value(monitor, "training_steps_total", model="line", run="7") == 10
    assert value(monitor, "training_samples_total") == 80
    assert value(monitor, "training_batch_size") == 8
    assert value(monitor, "training_epoch") == 2
    assert value(monitor, "epoch_progress") == 1
    assert value(monitor, "training_learning_rate") == 0.05
    assert value(monitor, "training_loss") > 0
    assert value(monitor, "validation_loss") > 0
    assert value(monitor, "validation_accuracy") == 0.75
    assert value(monitor, "validation_f1") == 0.5
    assert value(monitor, "training_data_wait_seconds_total") > 0
    assert value(monitor, "vedette_lost_records_total", metric="training_steps_total") == 0


def test_batches_that_one_step_gathers_are_one_step_and_keep_their_loss(
    library, line, loader, monitor, tmp_path
):
    follow = watched.callback(monitor=monitor)
    named = {"accumulate_grad_batches": 5, "max_epochs": 1, "callbacks": [follow]}
    module = line()
    module.worst = 0.0
    trainer(library, tmp_path, **named).fit(module, loader)
    assert value(monitor, "training_steps_total", model="Line") == 1
    assert value(monitor, "training_samples_total") == 40
    assert value(monitor, "training_not_finite_total", kind="zero_loss") == 4


def test_a_loss_that_turns_nan_is_seen(library, line, loader, monitor, tmp_path):
    module = line()
    module.worst = math.nan
    follow = watched.callback(monitor=monitor)
    trainer(library, tmp_path, max_epochs=1, callbacks=[follow]).fit(module, loader)
    assert math.isnan(value(monitor, "training_loss"))
    assert value(monitor, "training_not_finite_total", kind="loss") == 5


def test_a_fit_that_fails_says_so(library, line, loader, monitor, tmp_path):
    class Breaks(library.Callback):  # type: ignore[name-defined]  # imported late
        def on_train_batch_end(self, *_):
            message = "broken on purpose"
            raise RuntimeError(message)

    follow = watched.callback(monitor=monitor)
    with pytest.raises(RuntimeError, match="on purpose"):
        trainer(library, tmp_path, callbacks=[follow, Breaks()]).fit(line(), loader)
    assert value(monitor, "training_run_state", state="failed") == 1


def test_every_trainer_is_followed_once_without_being_named(
    library, line, loader, monitor, tmp_path, everything
):
    everything(monitor=monitor)
    everything(monitor=monitor)
    one = trainer(library, tmp_path, max_epochs=1)
    watched.instrument(one)
    one.fit(line(), loader)
    assert value(monitor, "training_steps_total", model="Line") == 5


def test_a_trainer_that_is_named_is_followed_alone(library, line, loader, monitor, tmp_path):
    one, other = (trainer(library, tmp_path, max_epochs=1) for _ in range(2))
    watched.instrument(one, monitor=monitor)
    other.fit(line(), loader)
    assert value(monitor, "training_steps_total") is None
    one.fit(line(), loader)
    assert value(monitor, "training_steps_total") == 5


def test_its_steps_are_not_counted_again_as_those_of_any_optimiser(
    library, line, loader, monitor, tmp_path
):
    process = pytorch._Process(monitor=monitor)

    class Hooks(library.Callback):  # type: ignore[name-defined]  # imported late
        def on_train_start(self, trainer, module):
            del module
            trainer.optimizers[0].register_step_post_hook(process.stepped)

    follow = watched.callback(model="line", monitor=monitor)
    trainer(library, tmp_path, callbacks=[follow, Hooks()]).fit(line(), loader)
    assert value(monitor, "training_steps_total", model="line") == 10
    assert value(monitor, "training_steps_total", model="", run="") is not None
    assert 'training_steps_total{model="",model_version="",run=""} 0.0' in (
        monitor.expose().body.decode()
    )


def test_a_fault_of_the_monitor_does_not_reach_the_fit(
    library, line, loader, monitor, tmp_path, monkeypatch
):
    def breaks(*_args, **_named):
        message = "broken on purpose"
        raise RuntimeError(message)

    follow = watched.callback(monitor=monitor)
    for name in ("step", "epoch", "waited", "pause", "validated"):
        monkeypatch.setattr(f"vedette.packs.training.record.Training.{name}", breaks)
    trainer(library, tmp_path, max_epochs=1, callbacks=[follow]).fit(line(), loader, loader)
    assert value(monitor, "vedette_lost_records_total", metric="training_steps_total") > 5


def test_a_callback_goes_along_to_the_processes_that_a_trainer_starts(library, monitor):
    assert library
    follow = watched.callback(model="line", run="7", monitor=monitor)
    other = pickle.loads(pickle.dumps(follow))  # noqa: S301 - our own
    assert other.follower.names == Names(model="line", run="7")
    assert isinstance(other, library.Callback)


def test_what_cannot_be_followed_trains_all_the_same(
    library, line, loader, monitor, tmp_path, everything, monkeypatch
):
    everything(monitor=monitor)
    monkeypatch.setattr(watched, "_kind", None)
    one = trainer(library, tmp_path, max_epochs=1)
    one.fit(line(), loader)
    assert one.global_step == 5


def test_what_a_person_pastes_runs(library, tmp_path):
    assert library
    (tmp_path / "pasted.py").write_text(watched.INTEGRATION.example)
    made = runpy.run_path(str(tmp_path / "pasted.py"))["trainer"]
    assert any(isinstance(each, watched._Watch) for each in made.callbacks)
