import pytest

from vedette.errors import DeclarationError
from vedette.model.metric import Metric
from vedette.sdk.monitor import Monitor
from vedette.sdk.rows import Cell, Rows

CALLS = Metric(name="calls_total", kind="counter", help="Calls.", labels=("model", "status"))
TOKENS = Metric(name="tokens_total", kind="counter", help="Tokens.", labels=("model",))
LOSS = Metric(name="loss", kind="gauge", help="Loss.", labels=("model",))
SECONDS = Metric(
    name="call_seconds", kind="histogram", help="Time.", labels=("model",), buckets=(1.0,)
)
OK = Cell(metric=CALLS, value=1, labels={"status": "ok"})
CELLS = (
    OK,
    Cell(metric=SECONDS, value="seconds"),
    Cell(metric=TOKENS, value="tokens"),
    Cell(metric=LOSS, value="seconds"),
)


@pytest.fixture
def rows(monitor):
    return Rows(monitor, ("model",), CELLS)


def test_one_call_writes_every_cell_of_its_row(monitor, samples, rows):
    rows("a")(0.5, 3)
    rows("a")(seconds=2, tokens=4)
    rows("b")(1)
    found = samples(monitor)
    assert found["calls_total", "a", "ok"] == 2
    assert found["call_seconds_sum", "a"] == 2.5
    assert found["call_seconds_bucket", "1.0", "a"] == 1
    assert found["tokens_total", "a"] == 7
    assert found["loss", "a"] == 2
    assert found["call_seconds_count", "b"] == 1


def test_what_is_not_given_is_not_written(monitor, samples, rows):
    rows("a")(tokens=1)
    found = samples(monitor)
    assert found["call_seconds_count", "a"] == 0
    assert found["tokens_total", "a"] == 1


def test_a_row_is_the_same_for_texts_integers_and_what_cannot_be_hashed(monitor, samples, rows):
    assert rows("7") is rows("7") is rows(7)
    rows(["x"])(1)
    rows(["x"])(1)
    assert samples(monitor)["call_seconds_count", "['x']"] == 2


@pytest.mark.parametrize(
    "seconds,tokens,written",
    [("1", 2, "tokens_total"), (1, -2, "call_seconds"), (float("nan"), 2, "tokens_total")],
    ids=["text", "negative", "nan"],
)
def test_a_cell_that_cannot_be_written_spoils_no_other_and_is_counted(
    monitor, samples, rows, seconds, tokens, written
):
    rows("a")(seconds, tokens)
    found = samples(monitor)
    assert found["calls_total", "a", "ok"] == 1
    lost = {key[1] for key in found if key[0] == "vedette_lost_records_total" and found[key]}
    assert written not in lost
    assert len(lost) >= 1


@pytest.mark.parametrize("values", [(), ("a", "b")], ids=["none", "two"])
def test_a_row_needs_one_value_for_each_name_of_its_key(rows, values):
    with pytest.raises(DeclarationError, match=r"a row of \(model\) was asked for with"):
        rows(*values)


def test_a_label_without_a_value_is_refused_where_the_rows_are_declared(monitor):
    with pytest.raises(DeclarationError, match="'calls_total' has no value for status"):
        Rows(monitor, ("model",), (Cell(metric=CALLS, value=1),))


def test_a_kind_that_cannot_stand_in_a_row_is_refused(monitor):
    build = Metric(name="build_info", kind="info", help="What runs.")
    with pytest.raises(DeclarationError, match="info 'build_info' cannot stand in a row"):
        Rows(monitor, (), (Cell(metric=build, value=1),))


def test_a_second_declaration_is_refused_before_anything_is_recorded(monitor):
    monitor.gauge(LOSS, model="a")
    other = Metric(name="loss", kind="gauge", help="Another loss.", labels=("model",))
    with pytest.raises(DeclarationError, match="declared twice"):
        Rows(monitor, ("model",), (Cell(metric=other, value="x"),))


def test_a_row_and_a_handle_write_the_same_series(monitor, samples, rows):
    rows("a")(tokens=2)
    monitor.counter(TOKENS, model="a").inc()
    assert samples(monitor)["tokens_total", "a"] == 3


def test_a_series_that_was_let_go_comes_back_with_the_next_row(monitor, samples, rows):
    rows("a")(tokens=2)
    monitor.forget(TOKENS, model="a")
    rows("a")(tokens=1)
    assert samples(monitor)["tokens_total", "a"] == 1


def test_declared_rows_show_nothing_before_their_first_use(monitor, samples):
    Rows(monitor, ("model",), CELLS)
    assert monitor.expose().body == b""
    assert samples(Monitor(isolated=True)) == {}


def test_a_row_without_a_key_or_arguments_counts(monitor, samples):
    total = Metric(name="all_total", kind="counter", help="All.")
    row = Rows(monitor, (), (Cell(metric=total, value=2.5),))()
    row()
    row()
    assert samples(monitor)["all_total",] == 5
