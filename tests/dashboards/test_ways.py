import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.dashboards.selectors import selectors
from vedette.dashboards.ways import ways
from vedette.model.threshold import fill
from vedette.planfile.registry import installed

LIMITS = {one.name: one.default for p in installed().packs.values() for one in p.thresholds}
EXPRS = sorted(
    {fill(a.expr, LIMITS) for pack in installed().packs.values() for a in pack.alerts}
    | {
        fill(query.expr, LIMITS)
        for pack in installed().packs.values()
        for page in pack.dashboards
        for row in page.rows
        for panel in row.panels
        for query in panel.queries
    }
)


@pytest.mark.parametrize(
    "expr, needs",
    [
        ("up", ["up"]),
        ("a + on (x) group_left (y) b", ["a b"]),
        ("a or b", ["a", "b"]),
        ("a unless b", ["a"]),
        ("a unless b and c", ["a c"]),
        ("a unless (b or c) or d", ["a", "d"]),
        ("(sum(a) or vector(0)) / sum by (le, m) (rate(b[5m] offset 10m))", ["a b", "b"]),
        ('a{x="or (b", y=~"c"} > bool 1e3 # or d', ["a"]),
        ("module:x:rate5m * 3600", ["module:x:rate5m"]),
        ("vector(1)", [""]),
    ],
)
def test_each_way_to_a_result_names_what_it_needs(expr, needs):
    assert [" ".join(sorted(way)) for way in ways(expr)] == needs


@pytest.mark.parametrize("expr", EXPRS)
def test_no_way_needs_what_the_expression_does_not_read(expr):
    read = {one.name for one in selectors(expr)}
    assert set().union(*ways(expr)) <= read
    assert ways(expr)


@given(st.text(alphabet="ab(){}[]\"' or,"))
def test_what_is_no_promql_is_no_trouble(text):
    assert ways(text)
