"""Record a training run: what a training loop calls."""

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Literal, Self, TypeVar

from vedette.packs.training import metrics
from vedette.packs.training.life import Life
from vedette.packs.training.series import Series
from vedette.sdk.monitor import Monitor, default_monitor

_Batch = TypeVar("_Batch")


class Training:
    """One training run; a context that says when it is under way.

    A series appears with its first value. Without the context, the first step begins the run
    and the end of the program, or of its job, ends it; say `ended` where the program lives on.

    Example:
        with Training("language") as run:
            for batch in run.data(batches):
                run.step(loss=train(batch), lr=1e-3, batch_size=len(batch))
            run.validated(loss=evaluate())

    Args:
        model: The model's name, the label `model` of all its series.
        model_version: Its version, where it has one.
        run: A name of this run, where several of one model are told apart; few of them, for
            each has its own series.
        monitor: Whose instruments; the process's own unless given.

    Attributes:
        life: Whether it is under way.
    """

    def __init__(
        self, model: str, *, model_version: str = "", run: str = "", monitor: Monitor | None = None
    ) -> None:
        chosen = monitor or default_monitor()
        labels = dict(zip(metrics.RUN, (model, model_version, run), strict=True))
        # Bound at once: of a counter that begins with 0 the first step is seen, too.
        chosen.counter(metrics.STEPS, **labels)
        self._lost = chosen.source(metrics.STEPS, "counter").family.lost
        self._series = Series(chosen, tuple(labels.values()))
        self.life = Life(self._series)
        self._since: float | None = None

    def __enter__(self) -> Self:
        """Say that the run is under way."""
        self._since = None
        self.life.begin()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Say that the run is over, and how."""
        if kind is None:
            self.ended("finished")
        else:
            self.ended("failed" if issubclass(kind, Exception) else "stopped")

    def step(  # noqa: PLR0913 - one keyword for each thing that a step can tell
        self,
        *,
        loss: float | None = None,
        lr: float | None = None,
        batch_size: float | None = None,
        seconds: float | None = None,
        samples: float | None = None,
        grad_norm: float | None = None,
        steps: int = 1,
        epoch_progress: float | None = None,
    ) -> None:
        """Record one training step, or several with the values of the last.

        A number that lies on a GPU is waited for: give such a loss now and then, not with
        every step.

        Args:
            loss: As the optimiser saw it; NaN is recorded as it is, for it is what matters.
            lr: The learning rate.
            batch_size: Samples in a batch.
            seconds: How long these steps took together; unless given, the time since the
                last call, where there was one.
            samples: Samples of these steps; `batch_size` times `steps` unless given.
            grad_norm: Norm of all gradients, before they are clipped.
            steps: How many steps were done since the last call; 0 where the values belong to
                steps that are counted already.
            epoch_progress: Share of the epoch that is done, from 0 to 1.
        """
        try:
            if steps:
                self._stepped(steps, seconds, of=(batch_size, samples))
            if loss is not None:
                self._series.loss(loss)
            if lr is not None:
                self._series.learning_rate(lr)
            if grad_norm is not None:
                self._series.gradient_norm(grad_norm)
            if epoch_progress is not None:
                self._series.epoch_progress(epoch_progress)
        except Exception as fault:  # noqa: BLE001 - a broken monitor never breaks the program
            self._lost(fault)

    def epoch(self, number: float) -> None:
        """Record the number of the epoch that the run is in."""
        self._series.epoch(number)

    def validated(
        self,
        *,
        loss: float | None = None,
        accuracy: float | None = None,
        precision: float | None = None,
        recall: float | None = None,
        f1: float | None = None,
    ) -> None:
        """Record a look at data that the model is not trained on.

        Args:
            loss: The loss.
            accuracy: Share of answers that are right, from 0 to 1.
            precision: Share of what was found that is right.
            recall: Share of what is there that was found.
            f1: Harmonic mean of the two.
        """
        self._since = None
        told = {
            "validation_loss": loss,
            "accuracy": accuracy,
            "precision": precision,
            "recall": recall,
            "f1": f1,
        }
        for name, value in told.items():
            if value is not None:
                getattr(self._series, name)(value)

    def ended(self, state: Literal["finished", "stopped", "failed"] = "finished") -> None:
        """Say that the run is over; the next step begins it anew.

        Args:
            state: Whether it `finished`, was `stopped` by a person, or `failed`.
        """
        self.life.end(state)
        self._since = None

    def pause(self) -> None:
        """Say that the run does not train for now, on purpose."""
        if self.life.under_way:
            self.life.say(metrics.IDLE)

    def resume(self) -> None:
        """Say that it trains again; the time in between is no time of a step."""
        self._since = None
        if self.life.under_way:
            self.life.say(metrics.RUNNING)

    @contextmanager
    def idle(self) -> Iterator[None]:
        """Say that the block does not train, on purpose: evaluates, saves, waits its turn."""
        self.pause()
        try:
            yield
        finally:
            self.resume()

    def waited(self, seconds: float) -> None:
        """Record how long the loop waited for a batch."""
        self._series.waited(seconds)

    def data(self, batches: Iterable[_Batch]) -> Iterator[_Batch]:
        """Yield the batches, and count how long the loop waits for each of them."""
        source = iter(batches)
        while True:
            began = time.perf_counter()
            try:
                batch = next(source)
            except StopIteration:
                return
            self.waited(time.perf_counter() - began)
            yield batch

    def lose(self, fault: Exception) -> None:
        """Count something that could not be recorded: for what stands on this recorder."""
        self._lost(fault)

    def _unsaid(self) -> None:
        """Make a step without a beginning its beginning."""
        self.life.begin(unsaid=True)

    def _stepped(
        self, steps: int, seconds: float | None, *, of: tuple[float | None, float | None]
    ) -> None:
        now = time.perf_counter()
        if not self.life.under_way:
            self._unsaid()
        if seconds is None and self._since is not None:
            seconds = now - self._since
        self._since = now
        self._series.stepped(steps, time.time())
        if seconds is not None:
            self._series.seconds(seconds / steps)
        batch_size, samples = of
        if batch_size is not None:
            self._series.batch_size(batch_size)
            samples = batch_size * steps if samples is None else samples
        if samples is not None:
            self._series.samples(samples)


# What `ContinuousMonitor` offers, by name.
CONTINUOUS = {"training": Training}
