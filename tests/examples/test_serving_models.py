import math
from typing import Any

import numpy as np
import pytest


@pytest.fixture
def language(example):
    return example("language")


@pytest.fixture
def small(example):
    return example("text").corpus(limit=20_000)


def test_the_text_is_split_by_topic_and_covers_ordinary_prose(small):
    assert set("abcdefghijklmnopqrstuvwxyz .,\n") <= set(small.alphabet)
    assert len(small.training) == 20_000
    assert 0 < len(small.validation) <= 2_000


def test_text_survives_being_turned_into_numbers_and_back(small):
    text = "Functions may return"
    assert small.decode(small.encode(text).tolist()) == text


def test_an_unknown_character_becomes_the_placeholder(small):
    assert small.decode(small.encode("\U0001f40d").tolist()) == "\N{REPLACEMENT CHARACTER}"


def test_training_lowers_the_loss_on_text_that_was_held_back(language, small):
    learner = language.Learner(small, seed=1)
    before = learner.model().judge(small.validation).loss
    for _ in range(200):
        learner.step()
    after = learner.model().judge(small.validation).loss
    assert before == pytest.approx(math.log(len(small.alphabet)), rel=0.25)
    assert after < before - 1


def test_gradients_agree_with_finite_differences(language, small):
    learner = language.Learner(small, seed=3)
    windows, following = language._windows(small.training, np.arange(20, 36))
    weights = {name: matrix.astype(np.float64) for name, matrix in learner.weights.items()}

    def loss() -> float:
        chances = language._softmax(language._forward(weights, windows)[-1])
        return float(language._cross_entropy(chances, following))

    seen, inner, logits = language._forward(weights, windows)
    error = language._error(language._softmax(logits), following)
    gradients = language._gradients(weights, windows, (seen, inner, error))
    for name, matrix in weights.items():
        place = np.unravel_index(np.abs(gradients[name]).argmax(), matrix.shape)
        kept = matrix[place]
        matrix[place] = kept + 1e-5
        above = loss()
        matrix[place] = kept - 1e-5
        below = loss()
        matrix[place] = kept
        assert gradients[name][place] == pytest.approx((above - below) / 2e-5, rel=1e-3)


def test_the_same_seed_trains_the_same_model(language, small):
    one, other = (language.Learner(small, seed=7) for _ in range(2))
    assert [one.step() for _ in range(5)] == [other.step() for _ in range(5)]


def test_a_model_that_serves_does_not_change_while_training_goes_on(language, small):
    learner = language.Learner(small, seed=1)
    model = learner.model()
    before = model.write("The", 20, seed=5)
    for _ in range(20):
        learner.step()
    assert model.write("The", 20, seed=5) == before


@pytest.mark.parametrize("length", [1, 40, 200])
def test_an_answer_has_the_length_that_was_asked_for(language, small, length):
    written = language.Learner(small, seed=1).model().write("The assert", length)
    assert written.tokens == len(written.text) == length
    assert 0 < written.confidence <= 1


def test_training_makes_the_model_more_confident(language, small):
    learner = language.Learner(small, seed=1)
    raw = learner.model().write("The", 100, seed=1).confidence
    for _ in range(300):
        learner.step()
    assert learner.model().write("The", 100, seed=1).confidence > 2 * raw


def test_the_classifier_is_good_at_digits_it_has_not_seen(example):
    digits = example("digits")
    learnt, held = digits.samples()
    assert len(learnt.digits) + len(held.digits) == 1797
    classifier = digits.train()
    assert classifier.accuracy > 0.94
    seen = classifier.classify(held.images[0])
    assert seen.digit == held.digits[0]
    assert 0.1 < seen.confidence <= 1


def test_a_run_of_training_reports_every_step_and_epoch(example, small):
    training = example("training")
    steps: list[Any] = []
    epochs: list[Any] = []
    listener = training.Listener(steps.append, lambda *finished: epochs.append(finished))
    assert training.run(small, listener, seed=0, epochs=2)
    assert [step.number for step in steps] == list(range(1, 2 * training.STEPS_PER_EPOCH + 1))
    assert [step.progress for step in steps].count(1.0) == 2
    (first, _), (second, model) = epochs
    assert second.training_loss < first.training_loss
    assert model.judge(small.validation) == second.judged
    assert second.judged.accuracy > 2 / len(small.alphabet)
    assert all(step.learnt.gradient_norm > 0 and step.learnt.seconds > 0 for step in steps)


def test_a_run_of_training_ends_when_it_is_told_to(example, small):
    training = example("training")
    steps: list[Any] = []
    listener = training.Listener(steps.append, lambda *_: None)
    assert not training.run(small, listener, seed=0, pause=lambda: len(steps) == 3)
    assert len(steps) == 3
