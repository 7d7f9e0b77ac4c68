import math
import runpy

import pytest

from vedette.integrations import transformers as watched
from vedette.sdk.monitor import Monitor

# It asks torch to keep batches in memory that a GPU reaches, also where there is none.
pytestmark = pytest.mark.filterwarnings("ignore:.*pin_memory.*no accelerator:UserWarning")


@pytest.fixture(scope="module")
def library():
    return pytest.importorskip("transformers")


@pytest.fixture
def monitor():
    return Monitor(isolated=True)


@pytest.fixture(scope="module")
def line(library):
    """A class of models that learn a line; from step `breaks` on their loss is `worst`."""
    assert library
    import torch

    class Line(torch.nn.Module):
        breaks = 10_000
        worst = math.nan

        def __init__(self):
            super().__init__()
            self.layer = torch.nn.Linear(4, 1)
            self.steps = 0

        def forward(self, x, labels):
            loss = (self.layer(x)[:, 0] - labels).square().mean()
            if self.training:
                self.steps += 1
                if self.steps > self.breaks:
                    loss = loss * self.worst
            return {"loss": loss, "logits": labels}

    return Line


@pytest.fixture
def rows(library):
    assert library
    import torch

    return [{"x": torch.ones(4) * n / 40, "labels": torch.tensor(1.0)} for n in range(40)]


@pytest.fixture
def everything(monkeypatch):
    """The automatic form, undone after the test."""
    monkeypatch.setattr(watched._Everyone, "follow", False)
    monkeypatch.setattr(watched._Everyone, "monitor", None)
    return watched.instrument


@pytest.fixture
def make(library, line, rows, tmp_path):
    """Make a trainer that trains for two epochs of five batches, and leaves nothing behind."""

    def made(model=None, *, follow=None, kind=library.Trainer, **named):
        quiet = {
            "output_dir": str(tmp_path),
            "use_cpu": True,
            "report_to": [],
            "save_strategy": "no",
            "per_device_train_batch_size": 8,
            "num_train_epochs": 2,
            "logging_steps": 1,
            "disable_tqdm": True,
        }
        return kind(
            model=model or line(),
            args=library.TrainingArguments(**{**quiet, **named}),
            train_dataset=rows,
            eval_dataset=rows,
            callbacks=[follow] if follow else [],
        )

    return made


def value(monitor, name, **labels):
    """The value of the one series with these labels; None where there is none."""
    wanted = {f'{key}="{value}"' for key, value in labels.items()}
    lines = monitor.expose().body.decode().splitlines()
    found = [line for line in lines if line.startswith(name) and all(w in line for w in wanted)]
    assert len(found) <= 1, found
    return float(found[0].split()[-1]) if found else None


def test_a_training_is_followed_from_its_first_step_to_its_end(make, monitor):
    follow = watched.callback(model="line", model_version="3", run="7", monitor=monitor)
    make(follow=follow, eval_strategy="epoch", max_grad_norm=1.0).train()
    assert value(monitor, "training_run_state", state="finished") == 1
    assert value(monitor, "training_steps_total", model="line", model_version="3", run="7") == 10
    assert value(monitor, "training_samples_total") == 80
    assert value(monitor, "training_loss") > 0
    assert value(monitor, "training_gradient_norm") > 0
    assert value(monitor, "training_learning_rate") > 0
    assert value(monitor, "training_epoch") == 2
    assert value(monitor, "epoch_progress") == 1
    assert value(monitor, "validation_loss") > 0
    assert value(monitor, "training_data_wait_seconds_total") > 0
    assert value(monitor, "rlhf_updates_total") is None
    assert value(monitor, "vedette_lost_records_total", metric="training_steps_total") == 0


def test_a_loss_that_turns_nan_is_seen_where_the_trainer_alone_would_show_nothing(
    make, line, monitor
):
    def broken():
        model = line()
        model.breaks = 4
        return model

    alone = make(broken())
    assert alone.args.logging_nan_inf_filter
    alone.train()
    losses = [entry["loss"] for entry in alone.state.log_history if "loss" in entry]
    assert losses[-3:] == [0.0, 0.0, 0.0]

    make(broken(), follow=watched.callback(monitor=monitor)).train()
    assert math.isnan(value(monitor, "training_loss"))
    assert value(monitor, "training_not_finite_total", kind="loss") == 6
    assert value(monitor, "training_not_finite_total", kind="gradient_norm") == 6


def test_a_loss_that_something_else_hides_is_told_by_its_being_nothing(make, line, monitor):
    model = line()
    model.breaks, model.worst = 4, 0.0
    make(model, follow=watched.callback(monitor=monitor)).train()
    assert value(monitor, "training_not_finite_total", kind="zero_loss") == 5


def test_an_evaluation_is_no_standstill_and_its_quality_is_recorded(library, make, monitor):
    states: list[float | None] = []

    class Spy(library.TrainerCallback):  # type: ignore[name-defined]  # imported late
        def on_prediction_step(self, *_args, **_named):
            states.append(value(monitor, "training_run_state", state="idle"))

        def on_step_end(self, *_args, **_named):
            states.append(value(monitor, "training_run_state", state="running"))

    trainer = make(follow=watched.callback(monitor=monitor), eval_strategy="steps", eval_steps=5)
    trainer.add_callback(Spy())
    trainer.train()
    assert set(states) == {1}
    trainer.compute_metrics = lambda _: {"accuracy": 0.5, "f1": 0.25}
    trainer.evaluate()
    assert value(monitor, "validation_accuracy") == 0.5
    assert value(monitor, "validation_f1") == 0.25


def test_a_training_that_fails_says_so(library, make, monitor):
    class Breaks(library.TrainerCallback):  # type: ignore[name-defined]  # imported late
        def on_step_end(self, *_args, **_named):
            raise KeyboardInterrupt

    trainer = make(follow=watched.callback(monitor=monitor))
    trainer.add_callback(Breaks())
    with pytest.raises(KeyboardInterrupt):
        trainer.train()
    assert value(monitor, "training_run_state", state="stopped") == 1


def test_every_trainer_is_followed_once_without_being_named(make, monitor, everything):
    before = make()
    everything(monitor=monitor)
    everything(monitor=Monitor(isolated=True))
    before.train()
    assert value(monitor, "training_steps_total") is None
    later = make()
    watched.instrument(later)
    later.train()
    assert value(monitor, "training_steps_total", model="Line") == 10


def test_a_trainer_that_is_named_is_followed(make, monitor):
    trainer = make()
    watched.instrument(trainer, monitor=monitor)
    watched.instrument(trainer, monitor=monitor)
    trainer.train()
    assert value(monitor, "training_steps_total") == 10


@pytest.mark.parametrize(
    "logs,expected",
    [
        pytest.param(
            {
                "objective/rlhf_reward": 1.5,
                "objective/kl": 0.5,
                "objective/entropy": 9.0,
                "policy/approxkl_avg": 0.02,
                "policy/clipfrac_avg": 0.25,
                "policy/entropy_avg": 2.0,
                "loss/value_avg": 0.75,
                "val/ratio": 1.25,
            },
            {
                "reward_mean": 1.5,
                "kl_divergence": 0.5,
                "approx_kl": 0.02,
                "clip_fraction": 0.25,
                "entropy": 2.0,
                "value_loss": 0.75,
                "policy_ratio": 1.25,
            },
            id="PPO",
        ),
        pytest.param(
            {"reward": 2.0, "reward_std": 0.5, "kl": 0.125, "entropy": 1.0},
            {"reward_mean": 2.0, "reward_std": 0.5, "kl_divergence": 0.125, "entropy": 1.0},
            id="GRPO",
        ),
        pytest.param(
            {"rewards/accuracies": 0.75, "rewards/margins": 3.0},
            {"preference_accuracy": 0.75},
            id="DPO",
        ),
        pytest.param({"entropy": 3.0, "kl": 1.0}, {}, id="no policy"),
    ],
)
def test_what_the_trainer_of_a_policy_logs_is_recorded_as_such(
    library, make, monitor, logs, expected
):
    class Policy(library.Trainer):  # type: ignore[name-defined]  # imported late
        def log(self, told, start_time=None):
            super().log({**told, **logs}, start_time)

    make(follow=watched.callback(model="pi", monitor=monitor), kind=Policy).train()
    names = {"reward_mean", "reward_std", "kl_divergence", "approx_kl", "clip_fraction"}
    names |= {"entropy", "value_loss", "policy_ratio", "preference_accuracy"}
    seen = {name: value(monitor, f"rlhf_{name}", model="pi") for name in names}
    assert {name: told for name, told in seen.items() if told is not None} == expected
    assert value(monitor, "rlhf_updates_total") == (10 if expected else None)


def test_a_fault_of_the_monitor_does_not_reach_the_training(make, monitor, monkeypatch):
    def breaks(*_args, **_named):
        message = "broken on purpose"
        raise RuntimeError(message)

    follow = watched.callback(monitor=monitor)
    for name in ("step", "epoch", "waited", "pause", "validated"):
        monkeypatch.setattr(f"vedette.packs.training.record.Training.{name}", breaks)
    make(follow=follow, eval_strategy="epoch").train()
    assert value(monitor, "vedette_lost_records_total", metric="training_steps_total") > 10


def test_what_cannot_be_followed_trains_all_the_same(make, monitor, everything, monkeypatch):
    everything(monitor=monitor)
    monkeypatch.setattr(watched, "_kind", None)
    trainer = make()
    trainer.train()
    assert trainer.state.global_step == 10


def test_what_a_person_pastes_runs(library, make, tmp_path, everything):
    assert library
    assert everything
    (tmp_path / "pasted.py").write_text(watched.INTEGRATION.example)
    runpy.run_path(str(tmp_path / "pasted.py"))
    assert len(watched._ours(make())) == 1
