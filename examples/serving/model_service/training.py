"""Training that goes on while the service serves: quick at first, leisurely afterwards."""

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from model_service.language import Judged, LanguageModel, Learner, Learnt
from model_service.text import Corpus

EPOCHS = 8
STEPS_PER_EPOCH = 250
PAUSE_SECONDS = 0.05  # between steps, once there is a model to serve


@dataclass(frozen=True)
class Step:
    """Where training stands after one step.

    Args:
        number: Steps of this run so far.
        epoch: The epoch it belongs to, from 0.
        progress: Share of the epoch that is done, 0 to 1.
        rate: The learning rate.
        learnt: What the step was like.
    """

    number: int
    epoch: int
    progress: float
    rate: float
    learnt: Learnt


@dataclass(frozen=True)
class Epoch:
    """One finished epoch.

    Args:
        number: From 0.
        training_loss: Mean over its steps.
        judged: How well the model knows the text that is held back.
    """

    number: int
    training_loss: float
    judged: Judged


@dataclass(frozen=True)
class Listener:
    """Who is told of progress.

    Args:
        stepped: After each step.
        finished: After each epoch, with the model as it is then.
    """

    stepped: Callable[[Step], None]
    finished: Callable[[Epoch, LanguageModel], None]


def run(
    corpus: Corpus,
    listener: Listener,
    *,
    seed: int,
    pause: Callable[[], bool] = lambda: False,
    epochs: int = EPOCHS,
) -> bool:
    """Train one model from new weights.

    Args:
        corpus: What is learnt.
        listener: Who is told.
        seed: Same seed, same model.
        pause: Called between steps; True ends the run.
        epochs: How many to train.

    Returns:
        False where `pause` ended the run.
    """
    learner = Learner(corpus, seed)
    for epoch in range(epochs):
        total = 0.0
        for number in range(STEPS_PER_EPOCH):
            batch = learner.step()
            total += batch.loss
            share = (number + 1) / STEPS_PER_EPOCH
            listener.stepped(Step(learner.steps, epoch, share, learner.rate, batch))
            if pause():
                return False
        model = learner.model()
        judged = model.judge(corpus.validation)
        listener.finished(Epoch(epoch, total / STEPS_PER_EPOCH, judged), model)
    return True


class Trainer(threading.Thread):
    """Trains model after model, each from new weights; the first one as fast as it can.

    Args:
        corpus: What is learnt.
        listener: Who is told.
        around: A context that training happens in.
    """

    def __init__(
        self,
        corpus: Corpus,
        listener: Listener,
        around: Callable[[], AbstractContextManager[object]],
    ) -> None:
        super().__init__(name="trainer", daemon=True)
        self._around = around
        self._corpus = corpus
        self._listener = listener
        self._stopping = threading.Event()

    def run(self) -> None:
        """Train until `stop`."""
        with self._around():
            run(self._corpus, self._listener, seed=0, pause=self._stopping.is_set)
            seed = 1
            while not self._stopping.is_set():
                run(self._corpus, self._listener, seed=seed, pause=self._rest)
                seed += 1

    def stop(self) -> None:
        """End after the step under way, and wait for it."""
        self._stopping.set()
        self.join()

    def _rest(self) -> bool:
        return self._stopping.wait(PAUSE_SECONDS)
