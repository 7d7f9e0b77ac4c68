"""Lightning: follow each fit through a callback.

from vedette.integrations.lightning import callback

trainer = Trainer(callbacks=[callback(model="faces")])
"""

import functools
import sys
import threading
from importlib import import_module
from typing import TYPE_CHECKING, Any

from vedette.model.integration import Integration
from vedette.packs.training.follow import Follower, Names, harmless, quietly, size
from vedette.sdk.monitor import Monitor

if TYPE_CHECKING:
    from lightning.pytorch import Trainer
    from lightning.pytorch.callbacks import Callback

INTEGRATION = Integration(
    title="Lightning",
    library="lightning",
    summary="Each fit: steps, loss, validation, epoch, learning rate, wait for data, its end.",
    packs=("training",),
    example="""\
from lightning.pytorch import Trainer

from vedette.integrations.lightning import callback

trainer = Trainer(accelerator="cpu", logger=False, callbacks=[callback(model="faces")])
""",
)

# The library goes by two names, each with classes of its own.
_NEW, _OLD = "lightning.pytorch", "pytorch_lightning"
_lock = threading.Lock()
_patched: set[type] = set()


def callback(
    *, model: str = "", model_version: str = "", run: str = "", monitor: Monitor | None = None
) -> "Callback":
    """Return a callback for `Trainer(callbacks=[...])`.

    Only the first process of several records. The loss is read when the trainer logs, since
    each look waits for the device; on a processor it is read with every step.

    Args:
        model: The label `model`; the name of the module's class unless given.
        model_version: The label `model_version`.
        run: The label `run`.
        monitor: Whose instruments; the process's own unless given.
    """
    names = Names(model=model, model_version=model_version, run=run)
    made: Callback = _kind(_OLD if _NEW not in sys.modules and _OLD in sys.modules else _NEW)(
        names, monitor
    )
    return made


def instrument(trainer: "Trainer | None" = None, *, monitor: Monitor | None = None) -> None:
    """Follow the fits of one trainer, or of every trainer that is made from now on.

    A second call changes nothing.

    Args:
        trainer: Which; every one unless given.
        monitor: Whose instruments; the process's own unless given.
    """
    if trainer is not None:
        _attach(trainer, monitor)
        return
    with _lock:
        known = [name for name in (_NEW, _OLD) if name in sys.modules] or [_NEW]
        for name in known:
            _patch(import_module(name).Trainer, monitor)


def _patch(kind: Any, monitor: Monitor | None) -> None:
    if kind in _patched:
        return
    _patched.add(kind)
    original = kind.__init__

    @functools.wraps(original)
    def init(self: Any, *args: Any, **named: Any) -> None:
        original(self, *args, **named)
        with harmless():
            _attach(self, monitor)

    kind.__init__ = init


def _attach(trainer: Any, monitor: Monitor | None) -> None:
    if not any(isinstance(each, _Watch) for each in trainer.callbacks):
        package = (
            _OLD
            if _OLD in {kind.__module__.split(".")[0] for kind in type(trainer).__mro__}
            else _NEW
        )
        trainer.callbacks.insert(0, _kind(package)(Names(), monitor))


@functools.cache
def _kind(package: str) -> Any:
    """Return the class of our callbacks: it cannot be made before Lightning is imported."""
    base = import_module(f"{package}.callbacks").Callback
    return type("VedetteCallback", (_Watch, base), {"package": package})


def _again(package: str, names: Names) -> Any:
    return _kind(package)(names, None)


class _Watch:
    """What our callbacks do, without the class of Lightning that they are made from."""

    package: str

    def __init__(self, names: Names, monitor: Monitor | None) -> None:
        self.follower = Follower(names, monitor)
        self._samples = 0

    def __reduce__(self) -> tuple[Any, ...]:
        # To the processes that a trainer starts; instruments stay where they are.
        return _again, (self.package, self.follower.names)

    @quietly
    def on_train_start(self, trainer: Any, module: Any) -> None:
        if trainer.is_global_zero:
            self._samples = 0
            self.follower.begin(type(module).__name__, steps=trainer.global_step)

    @quietly
    def on_train_epoch_start(self, trainer: Any, module: Any) -> None:
        del module
        if self.follower.run is not None:
            self.follower.run.epoch(trainer.current_epoch + 1)
            self.follower.wants_batch()

    @quietly
    def on_train_batch_start(self, *_: Any) -> None:
        self.follower.has_batch()

    @quietly
    def on_train_batch_end(self, trainer: Any, module: Any, *done: Any) -> None:
        del module
        outputs, batch, at = done
        run = self.follower.run
        if run is None:
            return
        in_batch = size(batch)
        self._samples += in_batch or 0
        steps = self.follower.steps(trainer.global_step)
        run.step(
            steps=steps,
            loss=_loss(trainer, outputs),
            lr=_rate(trainer),
            batch_size=in_batch,
            samples=self._samples or None,
            epoch_progress=_part(at + 1, trainer.num_training_batches),
        )
        if steps:
            self._samples = 0
        self.follower.wants_batch()

    @quietly
    def on_validation_start(self, trainer: Any, module: Any) -> None:
        del module
        if self.follower.run is not None and not trainer.sanity_checking:
            self.follower.run.pause()

    @quietly
    def on_validation_end(self, trainer: Any, module: Any) -> None:
        del module
        if self.follower.run is not None and not trainer.sanity_checking:
            self.follower.validated(trainer.callback_metrics)
            self.follower.run.resume()
            self.follower.wants_batch()

    @quietly
    def on_exception(self, trainer: Any, module: Any, exception: BaseException) -> None:
        del trainer, module
        self.follower.ended_by(exception)

    @quietly
    def on_train_end(self, *_: Any) -> None:
        self.follower.end()


def _loss(trainer: Any, outputs: Any) -> Any:
    """Return the loss of a batch where it costs nothing or it is time; else None."""
    loss = outputs.get("loss") if isinstance(outputs, dict) else outputs
    device = getattr(loss, "device", None)
    if loss is None or device is None:
        return None
    if device.type != "cpu" and trainer.global_step % max(trainer.log_every_n_steps, 1):
        return None
    # Lightning has divided it by the number of batches that one step gathers.
    return loss.detach() * trainer.accumulate_grad_batches


def _rate(trainer: Any) -> float | None:
    rate = trainer.optimizers[0].param_groups[0].get("lr") if trainer.optimizers else None
    return rate if isinstance(rate, int | float) else None


def _part(done: int, whole: float) -> float | None:
    # Of a loader without a length, Lightning calls it infinite.
    return min(done / whole, 1.0) if 0 < whole < float("inf") else None
