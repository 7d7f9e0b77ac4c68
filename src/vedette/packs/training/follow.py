"""Follow a training that a library runs, from the moments at which it calls."""

import functools
import logging
import math
import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal

from vedette.packs.training.record import Training
from vedette.sdk.monitor import Monitor

_log = logging.getLogger("vedette")

# `val_loss` of Keras, `eval_loss` of transformers, `valid/loss` of people.
_OF_VALIDATION = re.compile(r"(?:val|valid|validation|eval)[_/.-](?P<what>.+)\Z")
_NAMES = {
    "loss": "loss",
    "accuracy": "accuracy",
    "acc": "accuracy",
    "binary_accuracy": "accuracy",
    "categorical_accuracy": "accuracy",
    "sparse_categorical_accuracy": "accuracy",
    "precision": "precision",
    "recall": "recall",
    "f1": "f1",
    "f1_score": "f1",
}


@dataclass(frozen=True, kw_only=True)
class Names:
    """What a followed run is called.

    Args:
        model: The label `model`; what the library calls the model where it is empty.
        model_version: The label `model_version`.
        run: The label `run`.
    """

    model: str = ""
    model_version: str = ""
    run: str = ""


class Follower:
    """One training of a library.

    Args:
        names: What it is called.
        monitor: Whose instruments; the process's own unless given.

    Attributes:
        run: Its recorder; None before it began.
        model: Its label `model`.
    """

    def __init__(self, names: Names, monitor: Monitor | None = None) -> None:
        self.names = names
        self.run: Training | None = None
        self._monitor = monitor
        self.model = names.model
        self._steps = 0
        self._ready: float | None = None

    def begin(self, model: str, *, steps: int = 0) -> None:
        """Begin a run.

        Args:
            model: What the library calls it.
            steps: Those that were done before, where it goes on from a checkpoint.
        """
        called = self.names.model or model
        if self.run is None or called != self.model:
            self.model = called
            self.run = Training(
                called,
                model_version=self.names.model_version,
                run=self.names.run,
                monitor=self._monitor,
            )
        self._steps = steps
        self._ready = None
        self.run.__enter__()

    def steps(self, done: int) -> int:
        """Return how many steps are new.

        Args:
            done: As the library counts them, from its beginning.
        """
        new, self._steps = done - self._steps, done
        return max(new, 0)

    def wants_batch(self) -> None:
        """Say that the library asks for its next batch from now on."""
        self._ready = time.perf_counter()

    def has_batch(self) -> None:
        """Say that it got one."""
        if self.run is not None and self._ready is not None:
            self.run.waited(time.perf_counter() - self._ready)
        self._ready = None

    def validated(self, logs: Mapping[str, Any]) -> None:
        """Record what a library found on other data.

        Args:
            logs: By the names that it uses, such as `val_loss` or `eval_accuracy`.
        """
        if self.run is not None and (told := quality(logs)):
            self.run.validated(**told)

    def end(self, state: Literal["finished", "stopped", "failed"] = "finished") -> None:
        """Say that it is over."""
        if self.run is not None:
            self.run.ended(state)

    def ended_by(self, error: BaseException) -> None:
        """Say that it is over, because of this."""
        self.end("failed" if isinstance(error, Exception) else "stopped")


def quietly(hook: Callable[..., None]) -> Callable[..., None]:
    """Let a hook of a library never fail: what it raises is counted as a lost record.

    Its object has the attribute `follower`.
    """

    @functools.wraps(hook)
    def call(self: Any, *args: Any, **named: Any) -> None:
        try:
            hook(self, *args, **named)
        except Exception as fault:  # noqa: BLE001 - a broken monitor never breaks the training
            if self.follower.run is None:
                _log.warning("vedette cannot follow a training: %s", fault)
            else:
                self.follower.run.lose(fault)

    return call


@contextmanager
def harmless() -> Iterator[None]:
    """Let the block, which attaches us to a library, fail without its user's program."""
    try:
        yield
    except Exception as fault:  # noqa: BLE001 - a broken monitor never breaks the program
        _log.warning("vedette cannot follow a training: %s", fault)


def quality(logs: Mapping[str, Any]) -> dict[str, Any]:
    """Return what of a library's values is told of a look at other data, by our names."""
    told: dict[str, Any] = {}
    for name, value in logs.items():
        match = _OF_VALIDATION.match(str(name))
        ours = _NAMES.get(match["what"].lower()) if match else None
        if ours is not None:
            told.setdefault(ours, value)
    return told


def part(epochs: float | None) -> float | None:
    """Return the share of the current epoch that is done.

    Args:
        epochs: Epochs so far, 1.25 in the second one; None where the library knows none.
    """
    if epochs is None:
        return None
    share, whole = math.modf(epochs)
    return 1.0 if share == 0 and whole else share


def size(batch: Any) -> int | None:
    """Return how many samples a batch holds: the length of the first thing in it that has one."""
    while isinstance(batch, list | tuple | Mapping) and batch:
        batch = next(iter(batch.values() if isinstance(batch, Mapping) else batch))
    shape = getattr(batch, "shape", None)
    return int(shape[0]) if shape else None
