"""A classifier of handwritten digits: the 1797 images that scikit-learn carries."""

from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
from sklearn.datasets import load_digits
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

PIXELS = 64
BRIGHTEST = 16.0
HELD_OUT_EVERY = 4  # each fourth image is judged, never learnt

Pixels = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Classified:
    """What the classifier saw in an image.

    Args:
        digit: 0 to 9.
        confidence: The probability that it gave to that digit, 0 to 1.
    """

    digit: int
    confidence: float


@dataclass(frozen=True)
class Samples:
    """Images, one row of 64 brightnesses (0 to 16) each, and the digits they show."""

    images: Pixels
    digits: npt.NDArray[np.int64]


@dataclass(frozen=True)
class Classifier:
    """A trained pipeline."""

    pipeline: Pipeline
    accuracy: float

    def classify(self, pixels: Pixels) -> Classified:
        """Return the digit that an image most likely shows."""
        chances = self.pipeline.predict_proba(pixels.reshape(1, -1))[0]
        best = int(chances.argmax())
        return Classified(int(self.pipeline.classes_[best]), float(chances[best]))


@cache
def samples() -> tuple[Samples, Samples]:
    """Return the images to learn from and those that are held back."""
    images, digits = load_digits(return_X_y=True)
    held = np.arange(len(digits)) % HELD_OUT_EVERY == 0
    return Samples(images[~held], digits[~held]), Samples(images[held], digits[held])


def train(seed: int = 0) -> Classifier:
    """Train a classifier and judge it on the images that it has not seen.

    Args:
        seed: Same seed, same classifier.
    """
    learnt, held = samples()
    pipeline = make_pipeline(StandardScaler(), LogisticRegression(max_iter=300, random_state=seed))
    pipeline.fit(learnt.images, learnt.digits)
    return Classifier(pipeline, float(pipeline.score(held.images, held.digits)))
