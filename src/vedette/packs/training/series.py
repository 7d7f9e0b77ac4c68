"""The series of one run; each is bound when it is first written, so that none shows a made-up 0."""

import math
from functools import cached_property

from vedette.model.metric import Metric
from vedette.packs.training import metrics
from vedette.sdk.monitor import Monitor
from vedette.sdk.numbers import number
from vedette.sdk.rows import Cell, Row, Rows

_STEPPED = (
    Cell(metric=metrics.STEPS, value="steps"),
    Cell(metric=metrics.LAST_STEP, value="now"),
)


class Series:
    """What a run writes.

    Args:
        monitor: Whose instruments.
        labels: The values of `metrics.RUN`.

    Attributes:
        monitor: Whose instruments.
    """

    def __init__(self, monitor: Monitor, labels: tuple[str, ...]) -> None:
        self.monitor = monitor
        self._labels = labels

    @cached_property
    def stepped(self) -> Row:
        """Takes how many steps were done, and when."""
        return self.rows(*_STEPPED)

    @cached_property
    def loss(self) -> Row:
        """Takes the loss."""
        return _Watched(
            show=self._one(metrics.TRAINING_LOSS),
            not_finite=self._not_finite(metrics.KIND_LOSS),
            zero_again=self._not_finite(metrics.KIND_ZERO),
        )

    @cached_property
    def validation_loss(self) -> Row:
        """Takes the loss on other data."""
        return self._finite(metrics.VALIDATION_LOSS, metrics.KIND_VALIDATION)

    @cached_property
    def gradient_norm(self) -> Row:
        """Takes the norm of all gradients."""
        return self._finite(metrics.GRADIENT_NORM, metrics.KIND_GRADIENT)

    @cached_property
    def learning_rate(self) -> Row:
        """Takes the learning rate."""
        return self._one(metrics.LEARNING_RATE)

    @cached_property
    def seconds(self) -> Row:
        """Takes the time of a step."""
        return self._one(metrics.STEP_SECONDS)

    @cached_property
    def batch_size(self) -> Row:
        """Takes the size of a batch."""
        return self._one(metrics.BATCH_SIZE)

    @cached_property
    def samples(self) -> Row:
        """Takes how many samples were trained with."""
        return self._one(metrics.SAMPLES)

    @cached_property
    def waited(self) -> Row:
        """Takes the seconds that were waited for data."""
        return self._one(metrics.DATA_WAIT)

    @cached_property
    def epoch(self) -> Row:
        """Takes the number of the epoch."""
        return self._one(metrics.EPOCH)

    @cached_property
    def epoch_progress(self) -> Row:
        """Takes the share of the epoch that is done."""
        return self._one(metrics.EPOCH_PROGRESS)

    @cached_property
    def accuracy(self) -> Row:
        """Takes the share of right answers."""
        return self._one(metrics.VALIDATION_ACCURACY)

    @cached_property
    def precision(self) -> Row:
        """Takes the share of what was found that is right."""
        return self._one(metrics.VALIDATION_PRECISION)

    @cached_property
    def recall(self) -> Row:
        """Takes the share of what is there that was found."""
        return self._one(metrics.VALIDATION_RECALL)

    @cached_property
    def f1(self) -> Row:
        """Takes the harmonic mean of the two."""
        return self._one(metrics.VALIDATION_F1)

    def rows(self, *cells: Cell) -> Row:
        """Return the row of this run that writes these cells."""
        return Rows(self.monitor, metrics.RUN, cells)(*self._labels)

    def _one(self, metric: Metric) -> Row:
        return self.rows(Cell(metric=metric, value="value"))

    def _not_finite(self, kind: str) -> Row:
        return self.rows(Cell(metric=metrics.NOT_FINITE, value="times", labels={"kind": kind}))

    def _finite(self, metric: Metric, kind: str) -> Row:
        return _Watched(show=self._one(metric), not_finite=self._not_finite(kind))


class _Watched:
    """Shows a number as it is, and counts one that tells of a fault.

    Args:
        show: Takes the number.
        not_finite: Counts one that is NaN or infinite.
        zero_again: Counts one that is exactly 0 after another: a library that hides NaN shows
            the end of a run like this. None where 0 is as good as any.
    """

    __slots__ = ("_not_finite", "_show", "_zero_again", "_zeros")

    def __init__(self, *, show: Row, not_finite: Row, zero_again: Row | None = None) -> None:
        self._show = show
        self._not_finite = not_finite
        self._zero_again = zero_again
        self._zeros = 0

    def __call__(self, value: float) -> None:
        if value.__class__ is not float:
            try:
                value = number(value)
            except Exception:  # noqa: BLE001 - `show` refuses it as well, and counts that
                self._show(value)
                return
        self._show(value)
        if not math.isfinite(value):
            self._not_finite(1.0)
        self._zeros = 0 if value else self._zeros + 1
        if self._zeros > 1 and self._zero_again is not None:
            self._zero_again(1.0)
