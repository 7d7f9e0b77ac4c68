"""Everything that the service measures, by the recorders of Vedette's packs."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from model_service.digits import Classified
from model_service.language import Written
from model_service.training import Epoch, Step
from vedette.packs.gpu.record import watch_gpus
from vedette.packs.process.record import watch_process
from vedette.packs.serving.record import Inference
from vedette.packs.training.record import Training
from vedette.packs.validation.record import Check
from vedette.sdk.monitor import Monitor

LANGUAGE = "language"
DIGITS = "digits"


class Measures:
    """Recorders, made once.

    Args:
        monitor: Whose instruments.
    """

    def __init__(self, monitor: Monitor) -> None:
        self._monitor = monitor
        self._models = {name: Inference(name, monitor=monitor) for name in (LANGUAGE, DIGITS)}
        self._training = Training(LANGUAGE, monitor=monitor)
        self._checks: dict[str, Check] = {}
        watch_process(monitor=monitor)
        watch_gpus(monitor=monitor)

    @contextmanager
    def training(self) -> Iterator[None]:
        """Say that training is under way for as long as the block runs."""
        with self._training:
            yield

    def stepped(self, step: Step) -> None:
        """Record one training step."""
        self._training.step(loss=step.loss, epoch_progress=step.progress)

    def finished(self, epoch: Epoch) -> None:
        """Record the end of an epoch."""
        self._training.validated(loss=epoch.validation_loss)

    def loaded(self, model: str, *, loaded: bool) -> None:
        """Say whether a model can answer."""
        self._models[model].loaded(loaded)

    @contextmanager
    def failing(self, model: str) -> Iterator[None]:
        """Record an inference that raises; one that succeeds is recorded by what it gave."""
        started = time.perf_counter()
        try:
            yield
        except Exception:
            self._models[model].record(seconds=time.perf_counter() - started, ok=False)
            raise

    def wrote(self, written: Written, seconds: float) -> None:
        """Record an answer of the language model."""
        self._models[LANGUAGE].record(
            seconds=seconds, tokens=written.tokens, confidence=written.confidence
        )

    def classified(self, seen: Classified, seconds: float) -> None:
        """Record what the classifier saw."""
        self._models[DIGITS].record(seconds=seconds, confidence=seen.confidence)
        self._models[DIGITS].predicted("digit", seen.digit)

    def checked(self, check: str, *, passed: bool) -> None:
        """Record one check of an input."""
        if check not in self._checks:
            self._checks[check] = Check(check, monitor=self._monitor)
        self._checks[check].record(passed)
