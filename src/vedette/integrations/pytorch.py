"""PyTorch: count optimiser steps, time the loop and its loader, and look at the loss at times.

from vedette.integrations.pytorch import watch

loop = watch(optimizer, model="faces")
"""

import threading
from collections.abc import Iterable, Iterator, Sized
from typing import TYPE_CHECKING, Any, TypeVar
from weakref import WeakKeyDictionary

from vedette.model.integration import Integration
from vedette.packs.training.record import Training
from vedette.sdk.monitor import Monitor

if TYPE_CHECKING:
    from torch import Tensor
    from torch.optim import Optimizer

INTEGRATION = Integration(
    title="PyTorch",
    library="torch",
    summary="Optimiser steps and their time, loss, learning rate, gradient norm, wait for data.",
    packs=("training",),
    example="""\
import torch

from vedette.integrations.pytorch import watch

net = torch.nn.Linear(4, 1)
optimizer = torch.optim.SGD(net.parameters(), lr=0.01)
with watch(optimizer, model="line") as loop:
    for x in loop.data([torch.ones(8, 4)] * 3):
        loss = net(x).square().mean()
        loss.backward()
        optimizer.step()
        loop.loss(loss)
""",
)

_Batch = TypeVar("_Batch")
# A number on another device is waited for; so it is asked for now and then.
_LOSS_EVERY = 50
_watched: "WeakKeyDictionary[Any, Loop]" = WeakKeyDictionary()
_lock = threading.Lock()


class Loop(Training):
    """A training loop whose optimiser counts its own steps; see `Training` for the rest.

    Args:
        model: The model's name, the label `model` of all its series.
        model_version: Its version, where it has one.
        run: A name of this run.
        monitor: Whose instruments; the process's own unless given.
        gradients_every: After how many steps the norm of the gradients is measured, which
            waits for the device; 0 for never.
    """

    def __init__(
        self,
        model: str = "",
        *,
        model_version: str = "",
        run: str = "",
        monitor: Monitor | None = None,
        gradients_every: int = 0,
    ) -> None:
        super().__init__(model, model_version=model_version, run=run, monitor=monitor)
        self._every = gradients_every
        self._done = 0
        self._losses = 0

    def loss(self, value: "Tensor | float") -> None:
        """Show the loss: each on this machine's processor, one of fifty from another device."""
        try:
            device = getattr(value, "device", None)
            near = device is None or device.type == "cpu"
            if near or self._losses % _LOSS_EVERY == 0:
                self.step(steps=0, loss=value)
            self._losses += 1
        except Exception as fault:  # noqa: BLE001 - a broken monitor never breaks the program
            self.lose(fault)

    def data(self, batches: Iterable[_Batch]) -> "Batches[_Batch]":
        """Return the loader, timed: each pass over it is an epoch."""
        return Batches(self, batches)

    def stepped(self, optimizer: "Optimizer", *_: Any) -> None:
        """Count a step of an optimiser: its hook after each."""
        try:
            self._done += 1
            norm = None
            if self._every and self._done % self._every == 0:
                norm = _gradient_norm(optimizer)
            rate = optimizer.param_groups[0].get("lr")
            # A rate in a tensor may lie on the device.
            self.step(lr=rate if isinstance(rate, int | float) else None, grad_norm=norm)
        except Exception as fault:  # noqa: BLE001 - a broken monitor never breaks the program
            self.lose(fault)


class Batches(Iterable[_Batch]):
    """A loader whose batches are waited for under a clock; all else is the loader's own.

    Args:
        loop: Where it is recorded.
        batches: The loader.
    """

    def __init__(self, loop: Loop, batches: Iterable[_Batch]) -> None:
        self._loop = loop
        self._batches = batches
        self._epochs = 0

    def __iter__(self) -> Iterator[_Batch]:
        self._epochs += 1
        self._loop.epoch(self._epochs)
        whole = len(self._batches) if isinstance(self._batches, Sized) else 0
        for done, batch in enumerate(Training.data(self._loop, self._batches), 1):
            yield batch
            if whole:
                self._loop.step(steps=0, epoch_progress=min(done / whole, 1.0))

    def __len__(self) -> int:
        return len(self._batches)  # type: ignore[arg-type]  # as the loader itself, it may refuse

    def __getattr__(self, name: str) -> Any:
        return getattr(self._batches, name)


class _Process(Loop):
    """The steps of every optimiser that nobody else counts.

    They are no run: nobody says when it is over, and a program that has learnt enough and
    goes on to other things should not look like one that hangs.
    """

    def _unsaid(self) -> None:
        """Begin nothing."""

    def stepped(self, optimizer: "Optimizer", *_: Any) -> None:
        """Leave out what is watched by name, and what Lightning and others tell themselves."""
        if optimizer not in _watched and not self.life.others():
            super().stepped(optimizer)


class _Everything:
    loop: _Process | None = None


def watch(
    optimizer: "Optimizer",
    *,
    model: str = "",
    model_version: str = "",
    run: str = "",
    monitor: Monitor | None = None,
    gradients_every: int = 0,
) -> Loop:
    """Count the steps of one optimiser, without ever waiting for its device.

    Args:
        optimizer: Of several, the one whose steps are the run's.
        model: The model's name, the label `model` of all its series.
        model_version: Its version, where it has one.
        run: A name of this run.
        monitor: Whose instruments; the process's own unless given.
        gradients_every: After how many steps the norm of the gradients is measured, which
            waits for the device; 0 for never.

    Returns:
        What the loop tells its loss; the same for a second call.
    """
    with _lock:
        if optimizer not in _watched:
            loop = Loop(
                model,
                model_version=model_version,
                run=run,
                monitor=monitor,
                gradients_every=gradients_every,
            )
            optimizer.register_step_post_hook(loop.stepped)
            _watched[optimizer] = loop
        return _watched[optimizer]


def instrument(
    optimizer: "Optimizer | None" = None, *, model: str = "", monitor: Monitor | None = None
) -> Loop:
    """Count the steps of one optimiser, or of every one of this process that nobody names.

    The second form counts and times; only a loop that is watched by name is a run that can be
    told to hang. A second call changes nothing.

    Args:
        optimizer: Which; every one, those made later too, unless given.
        model: The label `model` of all series.
        monitor: Whose instruments; the process's own unless given.

    Returns:
        What a loop may tell its loss.
    """
    if optimizer is not None:
        return watch(optimizer, model=model, monitor=monitor)
    from torch.optim.optimizer import register_optimizer_step_post_hook

    with _lock:
        if _Everything.loop is None:
            _Everything.loop = _Process(model, monitor=monitor)
            register_optimizer_step_post_hook(_Everything.loop.stepped)
        return _Everything.loop


def _gradient_norm(optimizer: "Optimizer") -> float | None:
    import torch

    norms = [
        torch.linalg.vector_norm(parameter.grad)
        for group in optimizer.param_groups
        for parameter in group["params"]
        if parameter.grad is not None
    ]
    if not norms:
        return None
    together = torch.stack([norm.to(norms[0].device) for norm in norms])
    return float(torch.linalg.vector_norm(together).item())
