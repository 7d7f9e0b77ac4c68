"""Record what a service does with its models: what it calls."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from vedette.packs.serving import metrics
from vedette.sdk.monitor import Monitor, default_monitor
from vedette.sdk.rows import Cell, Rows


class Inference:
    """The inferences of one model; make it once and keep it.

    A series appears with its first record, so a model that never tells its confidence has none.

    Args:
        model: The model's name, the label `model` of all its series.
        model_version: Its version.
        monitor: Whose instruments; the process's own unless given.
    """

    def __init__(
        self, model: str = "", *, model_version: str = "", monitor: Monitor | None = None
    ) -> None:
        chosen = monitor or default_monitor()
        labels = {"model": model, "model_version": model_version}
        ended = Rows(
            chosen,
            ("status",),
            (
                Cell(metric=metrics.INFERENCE_SECONDS, value="seconds", labels=labels),
                Cell(metric=metrics.INFERENCES, value=1, labels=labels),
            ),
        )
        # Both are there from the beginning, so that a first error shows.
        self._ended = {True: ended("ok"), False: ended("error")}
        self._confidence = Rows(
            chosen, (), (Cell(metric=metrics.CONFIDENCE, value="confidence", labels=labels),)
        )
        self._loaded = Rows(
            chosen, (), (Cell(metric=metrics.LOADED, value="loaded", labels=labels),)
        )

    def record(self, *, seconds: float, confidence: float | None = None, ok: bool = True) -> None:
        """Record one inference.

        Args:
            seconds: How long it took.
            confidence: How sure the model was, from 0 to 1; None where it does not say, or
                where `Predictions` is told.
            ok: False where it failed.
        """
        self._ended[bool(ok)](seconds)
        if confidence is not None:
            self._confidence()(confidence)

    @contextmanager
    def time(self, *, confidence: float | None = None) -> Iterator[None]:
        """Record the block as one inference; one that raises is recorded as failed."""
        start = time.perf_counter()
        try:
            yield
        except BaseException:
            self.record(seconds=time.perf_counter() - start, ok=False)
            raise
        self.record(seconds=time.perf_counter() - start, confidence=confidence)

    def loaded(self, is_loaded: bool = True) -> None:
        """Say whether the model can answer."""
        self._loaded()(is_loaded)


class Predictions:
    """What one model predicts, and how well; make it once and keep it.

    Args:
        model: The model's name, the label `model` of all its series.
        model_version: Its version.
        monitor: Whose instruments; the process's own unless given.
    """

    def __init__(
        self, model: str = "", *, model_version: str = "", monitor: Monitor | None = None
    ) -> None:
        chosen = monitor or default_monitor()
        labels = {"model": model, "model_version": model_version}
        predicted = Cell(metric=metrics.PREDICTIONS, value=1, labels=labels)
        sure = Cell(metric=metrics.CONFIDENCE, value="confidence", labels=labels)
        key = ("attribute", "value")
        self._predicted = Rows(chosen, key, (predicted,))
        self._sure = Rows(chosen, key, (predicted, sure))
        self._accuracy = Rows(
            chosen, ("attribute",), (Cell(metric=metrics.ACCURACY, value="share", labels=labels),)
        )
        self._drift = Rows(
            chosen, ("attribute",), (Cell(metric=metrics.DRIFT, value="score", labels=labels),)
        )

    def record(self, attribute: str, value: object, confidence: float | None = None) -> None:
        """Record one prediction.

        Args:
            attribute: What was asked, `smiling`.
            value: What was answered; few different values, for each is a series.
            confidence: How sure the model was, from 0 to 1; None where it does not say.
        """
        if confidence is None:
            self._predicted(attribute, value)()
        else:
            self._sure(attribute, value)(confidence)

    def accuracy(self, attribute: str, share: float) -> None:
        """Record how often the model is right.

        Args:
            attribute: What was asked.
            share: Of the predictions whose truth is known, 0 to 1.
        """
        self._accuracy(attribute)(share)

    def drift(self, attribute: str, score: float) -> None:
        """Record how far recent data is from the data of reference.

        Args:
            attribute: Of what.
            score: 0 the same, 1 nothing in common.
        """
        self._drift(attribute)(score)


class Api:
    """The API before one model, or before all of them; make it once and keep it.

    Args:
        model: The model's name; empty where the API serves several.
        model_version: Its version.
        monitor: Whose instruments; the process's own unless given.
    """

    def __init__(
        self, model: str = "", *, model_version: str = "", monitor: Monitor | None = None
    ) -> None:
        chosen = monitor or default_monitor()
        labels = {"model": model, "model_version": model_version}
        self._answered = Rows(
            chosen,
            ("endpoint", "status"),
            (
                Cell(metric=metrics.API_REQUESTS, value=1, labels=labels),
                Cell(metric=metrics.API_SECONDS, value="seconds", labels=labels),
            ),
        )
        self._images = Rows(
            chosen, (), (Cell(metric=metrics.IMAGES, value="count", labels=labels),)
        )
        self._cache = Rows(
            chosen, (), (Cell(metric=metrics.CACHE_SIZE, value="entries", labels=labels),)
        )

    def record(self, *, endpoint: str, status: int | str, seconds: float) -> None:
        """Record one answered request.

        Args:
            endpoint: What was asked for: `/predict`, never an address with values in it.
            status: The answer's status code.
            seconds: From arrival to the end of the answer.
        """
        self._answered(endpoint, status)(seconds)

    def images(self, count: int = 1) -> None:
        """Count images that were processed."""
        self._images()(count)

    def cache_size(self, entries: int) -> None:
        """Record how many entries the cache of answers holds."""
        self._cache()(entries)


# What `ContinuousMonitor` offers, by name.
CONTINUOUS = {"api": Api, "inference": Inference, "predictions": Predictions}
