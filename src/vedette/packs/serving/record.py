"""Record inferences: what a service calls."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property

from vedette.packs.serving import metrics
from vedette.sdk.instruments import Counter, Gauge, Histogram
from vedette.sdk.monitor import Monitor, default_monitor


class Inference:
    """The inferences of one model; make it once and keep it.

    A series appears with its first record, so a model without tokens has no token series.

    Args:
        model: The model's name, the label `model` of all its series.
        monitor: Whose instruments; the process's own unless given.
    """

    def __init__(self, model: str, *, monitor: Monitor | None = None) -> None:
        self._monitor = monitor or default_monitor()
        self._model = model
        self._seconds = self._monitor.histogram(metrics.INFERENCE_SECONDS, model=model)
        self._outcomes = {
            ok: self._monitor.counter(metrics.INFERENCES, model=model, status=status)
            for ok, status in ((True, "ok"), (False, "error"))
        }
        self._predictions: dict[tuple[str, str], Counter] = {}

    def record(
        self,
        *,
        seconds: float,
        tokens: int = 0,
        confidence: float | None = None,
        ok: bool = True,
    ) -> None:
        """Record one inference.

        Args:
            seconds: How long it took.
            tokens: How many tokens it produced.
            confidence: How sure the model was, from 0 to 1.
            ok: False where it failed.
        """
        self._seconds.observe(seconds)
        self._outcomes[bool(ok)].inc()
        if tokens:
            self._tokens.inc(tokens)
            self._token_seconds.observe(seconds / tokens)
        if confidence is not None:
            self._confidence.observe(confidence)

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

    def predicted(self, attribute: str, value: object) -> None:
        """Count one prediction.

        Args:
            attribute: What was asked, `digit`.
            value: What was answered; few different values, for each is a series.
        """
        key = (attribute, str(value))
        if key not in self._predictions:
            self._predictions[key] = self._monitor.counter(
                metrics.PREDICTIONS, model=self._model, attribute=attribute, value=value
            )
        self._predictions[key].inc()

    def loaded(self, is_loaded: bool = True) -> None:
        """Say whether the model can answer."""
        self._loaded.set(float(is_loaded))

    @cached_property
    def _tokens(self) -> Counter:
        return self._monitor.counter(metrics.TOKENS, model=self._model)

    @cached_property
    def _token_seconds(self) -> Histogram:
        return self._monitor.histogram(metrics.TOKEN_SECONDS, model=self._model)

    @cached_property
    def _confidence(self) -> Histogram:
        return self._monitor.histogram(metrics.CONFIDENCE, model=self._model)

    @cached_property
    def _loaded(self) -> Gauge:
        return self._monitor.gauge(metrics.LOADED, model=self._model)
