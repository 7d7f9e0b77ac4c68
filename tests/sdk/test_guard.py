import logging
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.model.metric import Metric
from vedette.sdk.guard import OTHER
from vedette.sdk.monitor import Monitor
from vedette.sdk.rows import Cell, Rows

CALLS = Metric(
    name="calls_total", kind="counter", help="Calls.", labels=("model", "user", "status")
)
SECONDS = Metric(
    name="call_seconds", kind="histogram", help="Time.", labels=("user",), buckets=(1.0,)
)


@pytest.fixture
def monitor(monkeypatch):
    """A monitor that warns at 3 label sets and folds at 10."""
    monkeypatch.setenv("VEDETTE_LABEL_SETS_WARN", "3")
    monkeypatch.setenv("VEDETTE_LABEL_SETS_LIMIT", "10")
    return Monitor(isolated=True)


def of(found, name):
    return {key[1:]: value for key, value in found.items() if key[0] == name}


def test_a_metric_with_many_label_sets_is_named_with_its_label_and_examples(monitor, caplog):
    calls = monitor.counter(CALLS, model="m", status="ok")
    for user in range(5):
        calls.labels(f"user{user}").inc()
    (message,) = caplog.messages
    assert message.startswith("calls_total has 3 label sets; its label 'user' has 3 values")
    assert "'user0', 'user1', 'user2'" in message


def test_beyond_the_limit_the_label_with_most_values_becomes_other(monitor, samples, caplog):
    with caplog.at_level(logging.WARNING, logger="vedette"):
        for user in range(100):
            monitor.counter(CALLS, model="m", user=user, status="ok" if user % 2 else "bad").inc()
    found = of(samples(monitor), "calls_total")
    assert len(found) == 12
    assert found["m", "ok", OTHER] + found["m", "bad", OTHER] == 90
    assert sum(found.values()) == 100
    assert of(samples(monitor), "vedette_folded_label_sets_total") == {("user", "calls_total"): 90}
    (message,) = [message for message in caplog.messages if "no more are made" in message]
    assert message == (
        "calls_total has 10 label sets, no more are made: new values of its label 'user' are"
        " recorded as 'other'; it has values such as '0', '1', '2'"
    )


def test_known_label_sets_are_recorded_as_before_when_the_limit_is_reached(monitor, samples):
    for user in [*range(20), *range(10)]:
        monitor.counter(CALLS, model="m", user=user, status="ok").inc()
    assert of(samples(monitor), "calls_total")["m", "ok", "9"] == 2


def test_the_model_is_folded_only_where_nothing_else_is_left(monitor, samples):
    for number in range(50):
        monitor.counter(CALLS, model=f"m{number}", user=f"u{number % 2}", status="ok").inc()
    found = of(samples(monitor), "calls_total")
    assert len(found) <= 10 + 10 + 1
    assert sum(found.values()) == 50
    assert {key[0] for key in found} >= {f"m{number}" for number in range(10)}
    assert all(key[2] == OTHER for key in found if key[0] == OTHER)


def test_buckets_do_not_count_and_sums_of_a_histogram_stay(monitor, samples):
    for user in range(40):
        monitor.histogram(SECONDS, user=user).observe(0.5)
    found = samples(monitor)
    assert len(of(found, "call_seconds_count")) == 11
    assert sum(of(found, "call_seconds_count").values()) == 40
    assert sum(of(found, "call_seconds_sum").values()) == 20
    assert found["call_seconds_bucket", "1.0", OTHER] == 30


@pytest.mark.parametrize("limit,shown", [("0", 300), ("50", 51)])
def test_the_limit_is_a_setting_and_nothing_turns_it_off(monkeypatch, samples, limit, shown):
    monkeypatch.setenv("VEDETTE_LABEL_SETS_LIMIT", limit)
    monkeypatch.setenv("VEDETTE_LABEL_SETS_WARN", "0")
    monitor = Monitor(isolated=True)
    for user in range(300):
        monitor.histogram(SECONDS).labels(user).observe(1)
    assert len(of(samples(monitor), "call_seconds_count")) == shown


def test_a_series_that_was_let_go_makes_room_for_another(monitor, samples):
    for user in range(30):
        monitor.histogram(SECONDS, user=user).observe(1)
        monitor.forget(SECONDS, user=user)
    assert of(samples(monitor), "call_seconds_count") == {}
    monitor.histogram(SECONDS, user="last").observe(1)
    assert of(samples(monitor), "call_seconds_count") == {("last",): 1}


@pytest.mark.parametrize("how", ["labels", "names", "bind", "rows"])
def test_memory_stays_bounded_whatever_is_recorded(monitor, samples, how):
    calls = monitor.counter(CALLS, model="m", status="ok")
    cells = (
        Cell(metric=CALLS, value=1, labels={"model": "m", "status": "ok"}),
        Cell(metric=SECONDS, value="seconds"),
    )
    rows = Rows(monitor, ("user",), cells)
    record = {
        "labels": lambda user: calls.labels(user).inc(),
        "names": lambda user: calls.labels(user=user).inc(),
        "bind": lambda user: monitor.counter(CALLS, model="m", status="ok", user=user).inc(),
        "rows": lambda user: rows(user)(0.5),
    }[how]
    for number in range(100):
        record(f"user{number}")
    tracemalloc.start()
    try:
        for number in range(4_000):
            record(f"another{number}")
        kept, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert kept < 40_000
    assert sum(of(samples(monitor), "calls_total").values()) == 4_100


def test_a_key_that_no_metric_shows_is_not_remembered_for_ever(monitor):
    total = Metric(name="all_total", kind="counter", help="All.")
    rows = Rows(monitor, ("user",), (Cell(metric=total, value=1),))
    for number in range(1_000):
        rows(f"user{number}")()
    assert len(rows._rows) <= 40
    assert b"all_total 1000.0" in monitor.expose().body


_events = st.lists(
    st.tuples(
        st.sampled_from("ab"), st.text("xyz", max_size=3), st.integers(0, 9), st.integers(0, 5)
    ),
    max_size=60,
)


@given(events=_events, limit=st.integers(1, 8))
def test_folding_keeps_every_sum_and_its_bound_whatever_comes(samples, events, limit):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VEDETTE_LABEL_SETS_LIMIT", str(limit))
        monitor = Monitor(isolated=True)
    calls = monitor.counter(CALLS)
    logging.disable(logging.WARNING)
    try:
        for model, user, status, amount in events:
            calls.labels(model, user, status).inc(amount)
    finally:
        logging.disable(logging.NOTSET)
    found = of(samples(monitor), "calls_total")
    assert sum(found.values()) == sum(amount for *_, amount in events)
    assert len(found) <= limit + 10 + 4
