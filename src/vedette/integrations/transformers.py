"""Hugging Face Trainer: follow each training through a callback, and let no NaN hide.

from vedette.integrations.transformers import callback

trainer = Trainer(..., callbacks=[callback(model="faces")])
"""

import functools
import threading
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from vedette.model.integration import Integration
from vedette.packs.rlhf.record import Reinforcement
from vedette.packs.training.follow import Follower, Names, harmless, part, quietly
from vedette.sdk.monitor import Monitor

if TYPE_CHECKING:
    from transformers import Trainer, TrainerCallback

INTEGRATION = Integration(
    title="Hugging Face Trainer",
    library="transformers",
    summary=(
        "Each training: steps, loss with its NaN, gradient norm, learning rate, evaluation, its "
        "end; of TRL's trainers the policy, too."
    ),
    packs=("training", "rlhf"),
    example="""\
from vedette.integrations.transformers import instrument

instrument()
""",
)

# What the trainers of TRL log, by what `Reinforcement` calls it; the first that is there counts.
_POLICY = {
    "objective/rlhf_reward": "reward",
    "reward": "reward",
    "reward_std": "reward_std",
    "objective/kl": "kl",
    "kl": "kl",
    "policy/approxkl_avg": "approx_kl",
    "val/ratio": "ratio",
    "policy/clipfrac_avg": "clip_fraction",
    "clip_ratio/region_mean": "clip_fraction",
    "policy/entropy_avg": "entropy",
    "entropy": "entropy",
    "loss/value_avg": "value_loss",
    "rewards/accuracies": "preference_accuracy",
}
# Others log an entropy, too; these are logged by nothing but the training of a policy.
_TELLING = {"objective/rlhf_reward", "reward", "rewards/accuracies"}
_lock = threading.Lock()


class _Everyone:
    """Whether trainers that are made from now on are followed."""

    follow = False
    monitor: Monitor | None = None


def callback(
    *, model: str = "", model_version: str = "", run: str = "", monitor: Monitor | None = None
) -> "TrainerCallback":
    """Return a callback for `Trainer(callbacks=[...])`.

    It switches `logging_nan_inf_filter` off, with which the trainer would show the loss of a
    run that is lost as 0. Only the first process of several records.

    Args:
        model: The label `model`; the name of the model's class unless given.
        model_version: The label `model_version`.
        run: The label `run`.
        monitor: Whose instruments; the process's own unless given.
    """
    _patch()
    names = Names(model=model, model_version=model_version, run=run)
    made: TrainerCallback = _kind()(names, monitor)
    return made


def instrument(trainer: "Trainer | None" = None, *, monitor: Monitor | None = None) -> None:
    """Follow the trainings of one trainer, or of every trainer that is made from now on.

    A second call changes nothing.

    Args:
        trainer: Which; every one unless given.
        monitor: Whose instruments; the process's own unless given.
    """
    _patch()
    if trainer is not None:
        _attach(trainer, monitor)
    elif not _Everyone.follow:
        _Everyone.follow, _Everyone.monitor = True, monitor


def _patch() -> None:
    """Stand around the making of a trainer, and around its training: no hook tells its fault."""
    from transformers import Trainer

    with _lock:
        if not hasattr(Trainer.train, "vedette"):
            Trainer.__init__ = _made(Trainer.__init__)
            Trainer.train = _trained(Trainer.train)


def _made(original: Any) -> Any:
    @functools.wraps(original)
    def init(self: Any, *args: Any, **named: Any) -> None:
        original(self, *args, **named)
        with harmless():
            if _Everyone.follow:
                _attach(self, _Everyone.monitor)

    return init


def _trained(original: Any) -> Any:
    @functools.wraps(original)
    def train(self: Any, *args: Any, **named: Any) -> Any:
        try:
            return original(self, *args, **named)
        except BaseException as error:
            for each in _ours(self):
                each.follower.ended_by(error)
            raise

    train.vedette = True  # type: ignore[attr-defined]  # the mark of what is done already
    return train


def _ours(trainer: Any) -> "list[_Watch]":
    return [each for each in trainer.callback_handler.callbacks if isinstance(each, _Watch)]


def _attach(trainer: Any, monitor: Monitor | None) -> None:
    if not _ours(trainer):
        trainer.add_callback(_kind()(Names(), monitor))


@functools.cache
def _kind() -> Any:
    """Return the class of our callbacks: it cannot be made before transformers is imported."""
    from transformers import TrainerCallback

    return type("VedetteCallback", (_Watch, TrainerCallback), {})


class _Watch:
    """What our callbacks do, without the class of transformers that they are made from."""

    def __init__(self, names: Names, monitor: Monitor | None) -> None:
        self.follower = Follower(names, monitor)
        self._monitor = monitor
        self._policy: Reinforcement | None = None
        self._policy_steps = 0

    @quietly
    def on_train_begin(self, args: Any, state: Any, _: Any, **named: Any) -> None:
        args.logging_nan_inf_filter = False
        if state.is_world_process_zero:
            self._policy_steps = state.global_step
            self.follower.begin(type(named.get("model")).__name__, steps=state.global_step)

    @quietly
    def on_epoch_begin(self, args: Any, state: Any, _: Any, **named: Any) -> None:
        del args, named
        if self.follower.run is not None:
            self.follower.run.epoch(int(state.epoch or 0) + 1)
            self.follower.wants_batch()

    @quietly
    def on_step_begin(self, *_: Any, **named: Any) -> None:
        del named
        self.follower.has_batch()

    @quietly
    def on_step_end(self, args: Any, state: Any, _: Any, **named: Any) -> None:
        del named
        if self.follower.run is not None:
            self.follower.run.step(
                steps=self.follower.steps(state.global_step),
                batch_size=args.train_batch_size
                * args.gradient_accumulation_steps
                * args.world_size,
                epoch_progress=part(state.epoch),
            )
            self.follower.wants_batch()

    @quietly
    def on_log(self, args: Any, state: Any, _: Any, **named: Any) -> None:
        del args
        logs: Mapping[str, Any] = named.get("logs") or {}
        if self.follower.run is None:
            return
        self.follower.run.step(
            steps=0,
            loss=logs.get("loss"),
            lr=logs.get("learning_rate"),
            grad_norm=logs.get("grad_norm"),
        )
        if _TELLING & logs.keys():
            self._learnt(logs, state.global_step)

    @quietly
    def on_prediction_step(self, *_: Any, **named: Any) -> None:
        del named
        if self.follower.run is not None:
            self.follower.run.pause()

    @quietly
    def on_evaluate(self, *_: Any, **named: Any) -> None:
        if self.follower.run is not None:
            self.follower.validated(named.get("metrics") or {})
            self.follower.run.resume()
            self.follower.wants_batch()

    @quietly
    def on_train_end(self, *_: Any, **named: Any) -> None:
        del named
        self.follower.end()

    def _learnt(self, logs: Mapping[str, Any], steps: int) -> None:
        if self._policy is None:
            names = self.follower.names
            self._policy = Reinforcement(
                self.follower.model,
                model_version=names.model_version,
                run=names.run,
                monitor=self._monitor,
            )
        told: dict[str, Any] = {}
        for theirs, ours in _POLICY.items():
            if theirs in logs:
                told.setdefault(ours, logs[theirs])
        new, self._policy_steps = steps - self._policy_steps, steps
        self._policy.updated(**told, updates=max(new, 0))
