import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.packs.training.follow import Follower, Names, part, quality, size
from vedette.sdk.monitor import Monitor


class Shaped:
    """As an array or a tensor."""

    def __init__(self, *shape: int) -> None:
        self.shape = shape


@pytest.mark.parametrize(
    "logs,expected",
    [
        ({"val_loss": 1, "val_accuracy": 0.5, "loss": 9}, {"loss": 1, "accuracy": 0.5}),
        ({"eval_loss": 1, "eval_f1": 0.25, "eval_runtime": 3}, {"loss": 1, "f1": 0.25}),
        ({"valid/loss": 1, "validation-Precision": 0.5}, {"loss": 1, "precision": 0.5}),
        ({"val.recall": 1, "val_categorical_accuracy": 0.5}, {"recall": 1, "accuracy": 0.5}),
        ({"val_acc": 0.5, "val_accuracy": 0.75}, {"accuracy": 0.5}),
        ({"loss": 1, "accuracy": 1, "value_loss": 2, "val_": 3}, {}),
    ],
    ids=["keras", "transformers", "people", "others", "twice", "nothing"],
)
def test_what_libraries_call_their_validation_is_understood(logs, expected):
    assert quality(logs) == expected


@given(whole=st.integers(0, 1000), share=st.floats(0.001, 0.999))
def test_the_part_of_an_epoch_is_what_is_beyond_the_whole_ones(whole, share):
    assert part(whole + share) == pytest.approx(share, abs=1e-9)


def test_the_end_of_an_epoch_is_all_of_it_and_not_the_beginning_of_the_next():
    assert part(3.0) == 1
    assert part(0.0) == 0
    assert part(None) is None


@pytest.mark.parametrize(
    "batch,expected",
    [
        (Shaped(8, 4), 8),
        ([Shaped(8, 4), Shaped(8)], 8),
        ({"x": (Shaped(5),), "y": 1}, 5),
        (Shaped(), None),
        ([], None),
        ("text", None),
        ([1, 2], None),
    ],
    ids=["tensor", "pair", "mapping", "number", "empty", "text", "numbers"],
)
def test_the_size_of_a_batch_is_that_of_the_first_thing_that_has_one(batch, expected):
    assert size(batch) == expected


def test_a_run_that_goes_on_from_a_checkpoint_counts_only_new_steps():
    follower = Follower(Names(model="lm"), Monitor(isolated=True))
    follower.begin("Model", steps=100)
    assert [follower.steps(done) for done in (101, 104, 104, 103)] == [1, 3, 0, 0]
    follower.end()


def test_a_run_has_the_name_that_it_was_given_else_that_of_its_model():
    monitor = Monitor(isolated=True)
    for names in (Names(model="given"), Names()):
        follower = Follower(names, monitor)
        follower.begin("Model")
        follower.end()
    text = monitor.expose().body.decode()
    assert 'training_steps_total{model="given"' in text
    assert 'training_steps_total{model="Model"' in text
