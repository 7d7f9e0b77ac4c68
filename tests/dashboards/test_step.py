import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.dashboards.dashboard import Field, Grid, Options, Panel, Query, Stroke
from vedette.dashboards.duration import seconds, written
from vedette.dashboards.step import Window, aligned, rounded, steps


def _panel(**given) -> Panel:
    place = Grid(x=0, y=0, w=12, h=8)
    return Panel(
        id=1,
        kind="timeseries",
        title="",
        grid=place,
        field=Field(),
        stroke=Stroke(),
        options=Options(),
        **given,
    )


def _steps(*, length=3600.0, points=600, scrape=15.0, interval="", factor=1, **panel):
    query = Query(ref="A", expr="up", interval=interval, factor=factor)
    window = Window(start=0, end=length, points=points, scrape=scrape)
    return steps(_panel(**panel), query, window)


def test_a_step_is_never_shorter_than_a_scrape():
    assert _steps(length=300, points=1000).step == 15


def test_a_long_range_gets_a_rounded_step():
    assert _steps(length=86400, points=600).step == 120


def test_the_rate_interval_covers_four_scrapes():
    assert _steps(scrape=15).rate_interval == 60


def test_the_rate_interval_grows_with_the_step():
    assert _steps(length=86400, points=600, scrape=15).rate_interval == 135


def test_a_query_s_own_step_counts_before_the_panel_s():
    found = _steps(interval="1m", length=300, points=1000)
    assert (found.step, found.rate_interval) == (60, 240)
    assert _steps(length=300, points=1000).step == 15


def test_a_panel_s_step_counts_where_the_query_has_none():
    query, window = Query(ref="A", expr="up"), Window(start=0, end=300, points=1000, scrape=15)
    assert steps(_panel(interval="30s"), query, window).step == 30


def test_a_step_may_be_the_rate_interval():
    assert _steps(interval="$__rate_interval", scrape=15).step == 60


def test_the_factor_multiplies_the_step():
    assert _steps(factor=2, length=300, points=1000).step == 30


def test_a_panel_s_points_count_before_its_width():
    query, window = Query(ref="A", expr="up"), Window(start=0, end=3600, points=1000, scrape=1)
    assert steps(_panel(max_points=10), query, window).step == 300


@given(
    length=st.floats(1, 10 * 365 * 86400),
    points=st.integers(1, 5000),
    scrape=st.floats(0.1, 300),
)
def test_no_query_asks_for_more_points_than_prometheus_answers(length, points, scrape):
    assert length / _steps(length=length, points=points, scrape=scrape).step <= 11_001 * 1.5


def test_the_built_in_variables_are_durations():
    values = _steps(length=5400.4, scrape=0.5, points=10_000).values()
    assert values["__interval"] == "500ms"
    assert values["__rate_interval"] == "2s"
    assert (values["__range"], values["__range_s"], values["__range_ms"]) == (
        "5400s",
        "5400",
        "5400000",
    )


@pytest.mark.parametrize(
    "given,nice", [(0.004, 0.001), (7, 5), (8, 10), (100, 120), (4e6, 31536000)]
)
def test_intervals_are_rounded_as_grafana_rounds_them(given, nice):
    assert rounded(given) == nice


def test_points_stay_on_a_grid_when_time_goes_on():
    first = aligned(Window(start=103, end=203, points=10, scrape=1), 10)
    second = aligned(Window(start=106, end=206, points=10, scrape=1), 10)
    assert first == second == (100, 200)


@pytest.mark.parametrize(
    "text,length",
    [("15s", 15), (">10s", 10), ("1h30m", 5400), ("250ms", 0.25), ("x", None), ("", None)],
)
def test_durations_are_read_as_grafana_writes_them(text, length):
    assert seconds(text) == length


@given(st.floats(0.001, 1e8))
def test_a_written_duration_is_read_back(length):
    assert seconds(written(length)) == pytest.approx(length, abs=0.001)
