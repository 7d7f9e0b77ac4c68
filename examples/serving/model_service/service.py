"""The two models, what stands in front of them and what is measured around them."""

import random
import threading
import time
from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np

from model_service import checks, digits
from model_service.digits import Classified, Classifier
from model_service.faults import Faults
from model_service.language import LanguageModel, Written
from model_service.measures import DIGITS, LANGUAGE, Measures
from model_service.text import corpus
from model_service.training import Epoch, Listener, Trainer


class RefusedError(Exception):
    """An input that no model may see; carries the complaints for the client."""

    def __init__(self, complaints: Sequence[str]) -> None:
        super().__init__("; ".join(complaints))
        self.complaints = list(complaints)


class NotLoadedError(Exception):
    """A model that is not in memory."""

    def __init__(self, model: str) -> None:
        super().__init__(f"the model {model!r} is not loaded")
        self.model = model


class Service:
    """Serves a language model that is trained in the background, and a classifier.

    Args:
        measures: Where everything is recorded.

    Attributes:
        faults: What is broken at the moment.
        trained: Set once the language model can answer.
    """

    def __init__(self, measures: Measures) -> None:
        self.measures = measures
        self.faults = Faults(self)
        self.trained = threading.Event()
        self.started = datetime.now(UTC)
        self._corpus = corpus()
        self._language: LanguageModel | None = None
        self._loss = float("inf")
        self._classifier: Classifier | None = None
        listener = Listener(measures.stepped, self._finished)
        self._trainer = Trainer(self._corpus, listener, measures.training)

    def start(self) -> None:
        """Train the classifier and set the trainer to work."""
        for model in (LANGUAGE, DIGITS):
            self.measures.loaded(model, loaded=False)
        self.load()
        self._trainer.start()

    def stop(self) -> None:
        """Stop training and mend what was broken."""
        self.faults.none()
        self._trainer.stop()

    def load(self) -> None:
        """Train the classifier and serve it."""
        self._classifier = digits.train()
        self.measures.loaded(DIGITS, loaded=True)

    def unload(self) -> None:
        """Drop the classifier."""
        self._classifier = None
        self.measures.loaded(DIGITS, loaded=False)

    def write(self, prompt: str, length: int) -> Written:
        """Let the language model go on from a prompt.

        Raises:
            RefusedError: the input failed its checks.
            NotLoadedError: the model is not trained yet.
        """
        prompt = self.faults.prompt(prompt)
        with self.measures.timed("check_prompt"):
            verdicts = checks.of_prompt(prompt, length, self._corpus.alphabet)
        self._admit(verdicts)
        started = time.perf_counter()
        with self.measures.failing(LANGUAGE):
            if self._language is None:
                raise NotLoadedError(LANGUAGE)
            self.faults.slow()
            waited = time.perf_counter() - started
            written = self._language.write(prompt, length)
        self.measures.wrote(
            prompt, written, seconds=time.perf_counter() - started, waited_seconds=waited
        )
        return written

    def classify(self, pixels: Sequence[float]) -> Classified:
        """Let the classifier look at an image.

        Raises:
            RefusedError: the input failed its checks.
            NotLoadedError: the model is unloaded.
        """
        values = self.faults.pixels(list(pixels))
        with self.measures.timed("check_pixels"):
            verdicts = checks.of_pixels(values)
        self._admit(verdicts)
        started = time.perf_counter()
        with self.measures.failing(DIGITS):
            classifier = self._classifier
            if classifier is None:
                raise NotLoadedError(DIGITS)
            seen = classifier.classify(np.array(values))
        self.measures.classified(seen, time.perf_counter() - started)
        return seen

    def sample(self) -> tuple[list[float], int]:
        """Return one image that the classifier never learnt, and the digit it shows."""
        _, held = digits.samples()
        chosen = random.randrange(len(held.digits))
        return held.images[chosen].tolist(), int(held.digits[chosen])

    def health(self) -> dict[str, str]:
        """Return `ok` or what is wrong, for each part of the service."""
        return {
            "language_model": "ok" if self._language else "not loaded",
            "classifier": "ok" if self._classifier else "not loaded",
            "trainer": "ok" if self._trainer.is_alive() else "not running",
        }

    def uptime_seconds(self) -> float:
        """Return how long the service has been up."""
        return time.time() - self.started.timestamp()

    def _admit(self, verdicts: Sequence[checks.Verdict]) -> None:
        for verdict in verdicts:
            self.measures.checked(verdict.check, passed=verdict.passed)
        if complaints := [verdict.complaint for verdict in verdicts if not verdict.passed]:
            raise RefusedError(complaints)

    def _finished(self, epoch: Epoch, model: LanguageModel) -> None:
        self.measures.finished(epoch)
        if epoch.judged.loss < self._loss:
            self._language, self._loss = model, epoch.judged.loss
            self.measures.loaded(LANGUAGE, loaded=True)
            self.trained.set()
