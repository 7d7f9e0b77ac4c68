"""Record a training run: what a training loop calls."""

from functools import cached_property
from types import TracebackType
from typing import Self

from vedette.packs.training import metrics
from vedette.sdk.instruments import Gauge
from vedette.sdk.monitor import Monitor, default_monitor


class Training:
    """One training run; a context that says when it is under way.

    Example:
        with Training("language") as run:
            for batch in batches:
                run.step(loss=train(batch))
            run.validated(loss=evaluate())

    Args:
        model: The model's name, the label `model` of all its series.
        monitor: Whose instruments; the process's own unless given.
    """

    def __init__(self, model: str, *, monitor: Monitor | None = None) -> None:
        self._monitor = monitor or default_monitor()
        self._model = model
        self._steps = self._monitor.counter(metrics.STEPS, model=model)
        self._active = self._monitor.gauge(metrics.ACTIVE, model=model)

    def __enter__(self) -> Self:
        """Say that the run is under way."""
        self._active.set(1)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Say that the run is over, whether it succeeded or not."""
        self._active.set(0)

    def step(self, *, loss: float, steps: int = 1, epoch_progress: float | None = None) -> None:
        """Record one training step, or several with the loss of the last.

        Args:
            loss: As the optimiser saw it; NaN is recorded as it is, for it is what matters.
            steps: How many steps were done since the last call.
            epoch_progress: Share of the epoch that is done, from 0 to 1.
        """
        self._loss.set(loss)
        self._steps.inc(steps)
        if epoch_progress is not None:
            self._progress.set(epoch_progress)

    def validated(self, *, loss: float) -> None:
        """Record the loss on data that the model is not trained on."""
        self._validation_loss.set(loss)

    @cached_property
    def _loss(self) -> Gauge:
        return self._monitor.gauge(metrics.TRAINING_LOSS, model=self._model)

    @cached_property
    def _validation_loss(self) -> Gauge:
        return self._monitor.gauge(metrics.VALIDATION_LOSS, model=self._model)

    @cached_property
    def _progress(self) -> Gauge:
        return self._monitor.gauge(metrics.EPOCH_PROGRESS, model=self._model)
