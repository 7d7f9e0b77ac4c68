import pytest

from vedette.verify.kinds.question import QuestionPromise, check
from vedette.verify.outcome import BrokenPromiseError


def promise(expr="avg(x)"):
    return QuestionPromise(question="How long?", expr=expr, between=(0, 1), within=0.01)


def test_a_sane_answer_is_kept(prometheus, system):
    prometheus.series["avg(x)"] = [({}, 0.25)]
    assert check(promise(), system).text == "avg(x) is 0.25"


@pytest.mark.parametrize(
    "values, why",
    [
        ([({}, 7.0)], "not between 0 and 1"),
        ([({}, float("nan"))], "is nan"),
        ([], "0 values instead of one"),
        ([({"a": "1"}, 0.1), ({"a": "2"}, 0.1)], "2 values instead of one"),
    ],
)
def test_an_answer_without_sense_is_broken(prometheus, system, values, why):
    prometheus.series["avg(x)"] = values
    with pytest.raises(BrokenPromiseError, match=why):
        check(promise(), system)


def test_an_expression_that_prometheus_refuses_is_broken(system):
    with pytest.raises(BrokenPromiseError, match="parse error"):
        check(promise("bad("), system)
