import httpx
import pytest

from vedette.verify.outcome import BrokenPromiseError, Step, eventually


def test_a_good_answer_is_returned_at_once():
    assert eventually(lambda: 7, within=0) == 7


def test_a_bad_answer_is_asked_again_until_it_is_good():
    answers = iter([False, False, True])

    def probe() -> str:
        if next(answers):
            return "good"
        problem = "not yet"
        raise BrokenPromiseError(problem)

    assert eventually(probe, within=5, every=0.001) == "good"


def test_a_server_that_does_not_answer_yet_is_asked_again():
    faults = iter([httpx.ConnectError("refused"), None])

    def probe() -> str:
        if fault := next(faults):
            raise fault
        return "there"

    assert eventually(probe, within=5, every=0.001) == "there"


def test_the_last_bad_answer_is_told_with_its_steps():
    steps = (Step(name="pending", seconds=1.0),)

    def probe() -> None:
        problem = "still quiet"
        raise BrokenPromiseError(problem, steps)

    with pytest.raises(BrokenPromiseError, match=r"still quiet \(waited 0\.01 s\)") as broken:
        eventually(probe, within=0.01, every=0.001)
    assert broken.value.steps == steps
