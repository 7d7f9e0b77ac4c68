import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.dashboards.selectors import selectors


@pytest.mark.parametrize(
    "expr,found",
    [
        ("up", ["up"]),
        ("rate(a_total[5m])", ["a_total"]),
        ('sum by (le, job) (rate(a{x="}",y=~"b"}[5m])) > 3', ['a{x="}",y=~"b"}']),
        ("a / on (x) group_left (y) b", ["a", "b"]),
        ('{__name__=~"gpu.*"}', ['{__name__=~"gpu.*"}']),
        ("a offset 5m and b unless c # up", ["a", "b", "c"]),
        ("histogram_quantile(0.9, a) * 1e3 > bool Inf", ["a"]),
        ("time() - 3", []),
        ("a + a", ["a"]),
        ("job:rate:sum5m", ["job:rate:sum5m"]),
    ],
)
def test_the_selectors_of_an_expression_are_found(expr, found):
    assert [str(selector) for selector in selectors(expr)] == found


@given(st.text(max_size=80))
def test_no_text_is_too_strange(text):
    assert isinstance(selectors(text), tuple)
