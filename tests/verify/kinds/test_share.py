import pytest

from vedette.verify.kinds.share import SharePromise, check
from vedette.verify.outcome import BrokenPromiseError

PROMISE = SharePromise(
    share="scenarios",
    weights={"basic": 3, "burst": 1},
    counts={"basic": "sum(basic)", "burst": "sum(burst) / 5"},
    within=0.01,
)


@pytest.fixture
def counted(prometheus):
    def count(basic: float, burst: float) -> None:
        prometheus.series["sum(basic)"] = [({}, basic)]
        prometheus.series["sum(burst) / 5"] = [({}, burst)]

    return count


@pytest.mark.parametrize("basic, burst", [(75, 25), (70, 30), (3000, 1000)])
def test_shares_that_chance_explains_are_kept(counted, system, basic, burst):
    counted(basic, burst)
    assert check(PROMISE, system).text == f"basic {basic}, burst {burst}"


@pytest.mark.parametrize("basic, burst", [(50, 50), (100, 0), (2800, 1200)])
def test_shares_that_chance_does_not_explain_are_broken(counted, system, basic, burst):
    counted(basic, burst)
    with pytest.raises(BrokenPromiseError, match=r"not 75\.0%"):
        check(PROMISE, system)


def test_too_few_to_judge_are_broken(counted, system):
    counted(9, 3)
    with pytest.raises(BrokenPromiseError, match="only 12 so far, 60 are needed"):
        check(PROMISE, system)
