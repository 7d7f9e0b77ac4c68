"""A classifier that is really trained and judged feeds the metrics of its quality."""

import numpy as np
import pytest
from sklearn.datasets import load_digits
from sklearn.linear_model import SGDClassifier
from sklearn.metrics import log_loss, precision_recall_fscore_support

from vedette.packs.training.record import Training
from vedette.sdk.monitor import Monitor

BATCH = 50
RATE = 0.1


@pytest.fixture
def monitor():
    return Monitor(isolated=True)


@pytest.fixture(scope="module")
def digits():
    """Images and whether each is an 8: to train with, and to judge by."""
    images, which = load_digits(return_X_y=True)
    images, eights = images / 16, which == 8
    return (images[:1000], eights[:1000]), (images[1000:], eights[1000:])


class Trained:
    """A classifier, trained and judged while its run is told of both."""

    def __init__(self, run, digits):
        (self.images, self.truth), others = digits
        self.model = SGDClassifier(
            loss="log_loss", learning_rate="constant", eta0=RATE, random_state=3
        )
        self.losses: list[float] = []
        self.norm = 0.0
        for epoch in (1, 2, 3):
            run.epoch(epoch)
            for batch in run.data(np.split(np.arange(len(self.images)), len(self.images) // BATCH)):
                self.norm = self._step(self.images[batch], self.truth[batch])
                run.step(loss=self.losses[-1], lr=RATE, batch_size=len(batch), grad_norm=self.norm)
            self.judged = self._judged(*others)
            run.validated(**self.judged)

    def _step(self, images, truth):
        before = self.model.coef_.copy() if self.losses else 0
        self.model.partial_fit(images, truth, classes=[False, True])
        self.losses.append(log_loss(truth, self.model.predict_proba(images)))
        return np.linalg.norm(self.model.coef_ - before) / RATE

    def _judged(self, images, truth):
        loss = log_loss(truth, self.model.predict_proba(images))
        found = self.model.predict(images)
        verdicts = precision_recall_fscore_support(truth, found, average="binary", zero_division=0)
        told = dict(zip(("precision", "recall", "f1"), verdicts, strict=False))
        return told | {"loss": loss, "accuracy": self.model.score(images, truth)}


def test_what_the_metrics_say_is_what_happened(monitor, digits, value):
    with Training("eights", run="1", monitor=monitor) as run:
        trained = Trained(run, digits)

    def read(name, **labels):
        return value(monitor, name, model="eights", run="1", **labels)

    assert read("training_loss") == trained.losses[-1] < trained.losses[0]
    for name, judged in trained.judged.items():
        assert read(f"validation_{name}") == pytest.approx(judged)
    assert read("validation_accuracy") > 0.9
    assert min(read("validation_precision"), read("validation_recall"), read("validation_f1")) > 0.5
    assert read("training_steps_total") == 60
    # The first of an epoch is not timed: the judge's time lies before it.
    assert read("training_step_duration_seconds_count") == 57
    assert read("training_samples_total") == 60 * BATCH
    assert read("training_batch_size") == BATCH
    assert read("training_learning_rate") == RATE
    assert read("training_gradient_norm") == pytest.approx(trained.norm)
    assert read("training_epoch") == 3
    assert read("training_run_state", state="finished") == 1
    assert read("training_data_wait_seconds_total") > 0
    began, last, ended = (
        read(f"training_{moment}_timestamp_seconds")
        for moment in ("run_start", "last_step", "run_end")
    )
    assert began <= last <= ended
