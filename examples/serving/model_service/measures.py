"""Everything that the service measures, by the recorders of Vedette's packs."""

import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

from model_service.digits import Classified
from model_service.language import BATCH, Written
from model_service.training import Epoch, Step
from vedette.packs.gpu.record import watch_gpus
from vedette.packs.llm.record import Generations
from vedette.packs.process.measure import measure_time
from vedette.packs.process.record import watch_process
from vedette.packs.serving.record import Api, Inference, Predictions
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
        self._generations = Generations(
            LANGUAGE, operation="text_completion", side="server", monitor=monitor
        )
        self._predictions = Predictions(DIGITS, monitor=monitor)
        self._images = Api(DIGITS, monitor=monitor)
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
        self._training.step(
            loss=step.learnt.loss,
            lr=step.rate,
            batch_size=BATCH,
            seconds=step.learnt.seconds,
            grad_norm=step.learnt.gradient_norm,
            epoch_progress=step.progress,
        )

    def finished(self, epoch: Epoch) -> None:
        """Record the end of an epoch."""
        self._training.epoch(epoch.number + 1)
        self._training.validated(loss=epoch.judged.loss, accuracy=epoch.judged.accuracy)

    def timed(self, operation: str) -> AbstractContextManager[object]:
        """Measure how long a block of code takes."""
        return measure_time(operation, monitor=self._monitor)

    def loaded(self, model: str, *, loaded: bool) -> None:
        """Say whether a model can answer."""
        self._models[model].loaded(loaded)

    @contextmanager
    def failing(self, model: str) -> Iterator[None]:
        """Record an inference that raises; one that succeeds is recorded by what it gave."""
        started = time.perf_counter()
        try:
            yield
        except Exception as error:
            seconds = time.perf_counter() - started
            self._models[model].record(seconds=seconds, ok=False)
            if model == LANGUAGE:
                self._generations.failed(seconds=seconds, error=type(error).__name__)
            raise

    def wrote(
        self, prompt: str, written: Written, *, seconds: float, waited_seconds: float
    ) -> None:
        """Record an answer of the language model, whose tokens are characters.

        Args:
            prompt: What it was asked.
            written: What it wrote.
            seconds: From the question to the end of the answer.
            waited_seconds: How much of them passed before it began.
        """
        self._models[LANGUAGE].record(seconds=seconds, confidence=written.confidence)
        self._generations.record(
            seconds=seconds,
            prompt_tokens=len(prompt),
            completion_tokens=written.tokens,
            first_token_seconds=waited_seconds + written.first_seconds,
        )

    def classified(self, seen: Classified, seconds: float) -> None:
        """Record what the classifier saw."""
        self._models[DIGITS].record(seconds=seconds)
        self._predictions.record("digit", seen.digit, seen.confidence)
        self._images.images()

    def checked(self, check: str, *, passed: bool) -> None:
        """Record one check of an input."""
        if check not in self._checks:
            self._checks[check] = Check(check, monitor=self._monitor)
        self._checks[check].record(passed)
