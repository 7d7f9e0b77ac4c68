"""A small neural language model: the last characters in, the probabilities of the next one out."""

import time
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from model_service.text import Codes, Corpus

CONTEXT = 12  # characters that the model sees
EMBEDDING = 16
HIDDEN = 128
BATCH = 128
DECAY = (0.9, 0.99)  # of Adam's two running means

Matrix = npt.NDArray[np.float32]
Weights = dict[str, Matrix]


@dataclass(frozen=True)
class Written:
    """What the model wrote.

    Args:
        text: The characters.
        tokens: How many there are.
        confidence: Mean probability that it gave to what it wrote, 0 to 1.
        first_seconds: How long it took for the first of them.
    """

    text: str
    tokens: int
    confidence: float
    first_seconds: float = field(compare=False)


@dataclass(frozen=True)
class LanguageModel:
    """Trained weights and the alphabet they were trained on."""

    corpus: Corpus
    weights: Weights

    def write(self, prompt: str, length: int, *, seed: int | None = None) -> Written:
        """Go on from `prompt` for `length` characters.

        Args:
            prompt: What to go on from.
            length: Characters to write.
            seed: Makes the answer repeatable.
        """
        started = time.perf_counter()
        first = 0.0
        random = np.random.default_rng(seed)
        window = np.zeros(CONTEXT, dtype=np.int64)
        given = self.corpus.encode(prompt)[-CONTEXT:]
        window[CONTEXT - len(given) :] = given
        codes: list[int] = []
        certainty = 0.0
        for _ in range(length):
            chances = _softmax(_forward(self.weights, window[None, :])[-1])[0].astype(np.float64)
            code = int(random.choice(len(chances), p=chances / chances.sum()))
            codes.append(code)
            first = first or time.perf_counter() - started
            certainty += float(chances[code])
            window = np.append(window[1:], code)
        confidence = certainty / max(len(codes), 1)
        return Written(self.corpus.decode(codes), len(codes), confidence, first)

    def judge(self, codes: Codes) -> "Judged":
        """Let the model guess every seventh character of a text."""
        windows, following = _windows(codes, np.arange(CONTEXT, len(codes), 7))
        chances = _softmax(_forward(self.weights, windows)[-1])
        right = float((chances.argmax(axis=1) == following).mean())
        return Judged(_cross_entropy(chances, following), right)


@dataclass(frozen=True)
class Judged:
    """How well a model knows a text.

    Args:
        loss: Mean loss per character, in nats.
        accuracy: Share of the characters that were its first guess, 0 to 1.
    """

    loss: float
    accuracy: float


@dataclass(frozen=True)
class Learnt:
    """What one step of training was like.

    Args:
        loss: Mean loss of its batch, in nats per character.
        gradient_norm: Norm of all gradients.
        seconds: How long it took.
    """

    loss: float
    gradient_norm: float
    seconds: float = field(compare=False)


@dataclass
class Learner:
    """Weights under training by Adam.

    Args:
        corpus: What is learnt.
        seed: Same seed, same weights.
        rate: Learning rate.
    """

    corpus: Corpus
    seed: int
    rate: float = 0.004
    steps: int = 0
    weights: Weights = field(init=False)
    _random: np.random.Generator = field(init=False)
    _means: Weights = field(init=False)
    _squares: Weights = field(init=False)

    def __post_init__(self) -> None:
        """Draw the first weights."""
        self._random = np.random.default_rng(self.seed)
        size, wide = len(self.corpus.alphabet), CONTEXT * EMBEDDING
        self.weights = {
            "embedding": self._draw((size, EMBEDDING), 0.5),
            "hidden": self._draw((wide, HIDDEN), wide**-0.5),
            "hidden_bias": np.zeros(HIDDEN, dtype=np.float32),
            "output": self._draw((HIDDEN, size), HIDDEN**-0.5),
            "output_bias": np.zeros(size, dtype=np.float32),
        }
        self._means = {name: np.zeros_like(matrix) for name, matrix in self.weights.items()}
        self._squares = {name: np.zeros_like(matrix) for name, matrix in self.weights.items()}

    def step(self) -> Learnt:
        """Learn from one batch."""
        started = time.perf_counter()
        ends = self._random.integers(CONTEXT, len(self.corpus.training), BATCH)
        windows, following = _windows(self.corpus.training, ends)
        seen, inner, logits = _forward(self.weights, windows)
        chances = _softmax(logits)
        loss = _cross_entropy(chances, following)
        self.steps += 1
        error = _error(chances, following)
        gradients = _gradients(self.weights, windows, (seen, inner, error))
        self._adapt(gradients)
        norm = float(np.sqrt(sum(float((slope**2).sum()) for slope in gradients.values())))
        return Learnt(loss, norm, time.perf_counter() - started)

    def model(self) -> LanguageModel:
        """Return what has been learnt so far; later steps do not change it."""
        weights = {name: matrix.copy() for name, matrix in self.weights.items()}
        return LanguageModel(self.corpus, weights)

    def _draw(self, shape: tuple[int, int], scale: float) -> Matrix:
        return (self._random.standard_normal(shape) * scale).astype(np.float32)

    def _adapt(self, gradients: Weights) -> None:
        first, second = DECAY
        for name, gradient in gradients.items():
            mean, square = self._means[name], self._squares[name]
            mean += (1 - first) * (gradient - mean)
            square += (1 - second) * (gradient**2 - square)
            unbiased = mean / (1 - first**self.steps)
            spread = np.sqrt(square / (1 - second**self.steps)) + 1e-8
            self.weights[name] -= (self.rate * unbiased / spread).astype(np.float32)


def _windows(codes: Codes, ends: npt.NDArray[np.integer]) -> tuple[Codes, Codes]:
    windows = np.lib.stride_tricks.sliding_window_view(codes, CONTEXT)
    return windows[ends - CONTEXT], codes[ends]


def _forward(weights: Weights, windows: Codes) -> tuple[Matrix, Matrix, Matrix]:
    seen = weights["embedding"][windows].reshape(len(windows), -1)
    inner = np.tanh(seen @ weights["hidden"] + weights["hidden_bias"])
    return seen, inner, inner @ weights["output"] + weights["output_bias"]


def _error(chances: Matrix, following: Codes) -> Matrix:
    """Return the slope of the loss at the last layer."""
    slope: Matrix = chances / np.float32(len(following))
    slope[np.arange(len(following)), following] -= np.float32(1 / len(following))
    return slope


def _gradients(weights: Weights, windows: Codes, layers: tuple[Matrix, Matrix, Matrix]) -> Weights:
    seen, inner, error = layers
    back = (error @ weights["output"].T) * (1 - inner**2)
    embedding = np.zeros_like(weights["embedding"])
    spread = (back @ weights["hidden"].T).reshape(-1, EMBEDDING)
    np.add.at(embedding, windows.ravel(), spread)
    return {
        "embedding": embedding,
        "hidden": seen.T @ back,
        "hidden_bias": back.sum(axis=0),
        "output": inner.T @ error,
        "output_bias": error.sum(axis=0),
    }


def _softmax(logits: Matrix) -> Matrix:
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    shares: Matrix = powers / powers.sum(axis=1, keepdims=True)
    return shares


def _cross_entropy(chances: Matrix, following: Codes) -> float:
    picked = chances[np.arange(len(following)), following]
    return float(-np.log(picked + 1e-12).mean())
