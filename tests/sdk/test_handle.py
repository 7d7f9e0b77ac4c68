from enum import Enum, IntEnum

import pytest

from vedette.errors import DeclarationError
from vedette.model.metric import Metric
from vedette.sdk.monitor import Monitor

CALLS = Metric(
    name="calls_total", kind="counter", help="Calls.", labels=("method", "path", "status")
)
DEPTH = Metric(name="queue_depth", kind="gauge", help="Jobs that wait.")


class _Colour(str, Enum):  # noqa: UP042 - an old one is written 'Colour.RED'
    RED = "red"


class _Code(IntEnum):
    GONE = 410


@pytest.mark.parametrize(
    "bind",
    [
        lambda calls: calls.labels("GET", "/a", "200"),
        lambda calls: calls.labels("GET", "/a", 200),
        lambda calls: calls.labels(status=200, path="/a", method="GET"),
        lambda calls: calls.labels("/a", method="GET", status="200"),
        lambda calls: calls.labels("GET").labels("/a").labels("200"),
        lambda calls: calls.labels(path="/a").labels("GET", status="200"),
    ],
    ids=["position", "integers", "name", "both", "step by step", "name, then both"],
)
def test_one_label_set_is_one_series_however_it_is_asked_for(monitor, samples, bind):
    calls = monitor.counter(CALLS)
    bind(calls).inc()
    bind(calls).inc()
    monitor.counter(CALLS, method="GET", path="/a", status="200").inc()
    assert samples(monitor)["calls_total", "GET", "/a", "200"] == 3


def test_a_partly_bound_handle_is_completed_many_times(monitor, samples):
    posts = monitor.counter(CALLS, method="POST")
    for status in (200, 500, 200):
        posts.labels("/a", status).inc()
    found = samples(monitor)
    assert found["calls_total", "POST", "/a", "200"] == 2
    assert found["calls_total", "POST", "/a", "500"] == 1


def test_the_same_texts_are_found_again_without_another_handle(monitor):
    calls = monitor.counter(CALLS)
    assert calls.labels("GET", "/a", "200") is calls.labels("GET", "/a", "200")
    by_name = {"path": "/a", "method": "GET", "status": "200"}
    assert calls.labels(**by_name) is calls.labels(**by_name)
    assert calls.labels(**by_name) is calls.labels("GET", "/a", 200)


@pytest.mark.parametrize(
    "values,names",
    [
        (("GET", "/a", "200", "more"), {}),
        ((), {"colour": "red"}),
        (("GET", "/a"), {"method": "GET", "status": "200"}),
        (("GET", "/a", "200"), {"colour": "red"}),
    ],
    ids=["too many", "unknown", "twice", "one more"],
)
def test_labels_that_do_not_exist_are_refused_with_those_that_do(monitor, values, names):
    with pytest.raises(DeclarationError, match="it has method, path, status"):
        monitor.counter(CALLS).labels(*values, **names)


@pytest.mark.parametrize("values,names", [(("a",), {}), ((), {"x": "a"})])
def test_a_whole_handle_takes_no_more_labels(monitor, values, names):
    whole = monitor.counter(CALLS).labels("GET", "/a", "200")
    for handle in (whole, monitor.gauge(DEPTH)):
        with pytest.raises(DeclarationError, match="it has none that lacks a value"):
            handle.labels(*values, **names)


def test_a_record_on_a_handle_without_its_labels_is_lost_and_says_why(monitor, samples, caplog):
    monitor.counter(CALLS, method="GET").inc()
    monitor.counter(CALLS, method="GET").labels("/a", "200").inc()
    assert "'calls_total' has no value for path, status" in caplog.text
    found = samples(monitor)
    assert found["vedette_lost_records_total", "calls_total"] == 1
    assert found["calls_total", "GET", "/a", "200"] == 1


@pytest.mark.parametrize(
    "order", [(1, True, 1.0), (True, 1.0, 1), (1.0, 1, True)], ids=["int", "bool", "float"]
)
def test_equal_values_of_other_types_have_one_text_but_for_booleans_in_any_order(
    monitor, samples, order
):
    calls = monitor.counter(CALLS, method="GET", path="/")
    for _ in range(2):
        for value in order:
            calls.labels(value).inc()
    found = samples(monitor)
    assert [found["calls_total", "GET", "/", text] for text in ("1", "True")] == [4, 2]


def test_an_enumeration_is_its_value_before_and_after_the_text_itself(monitor, samples):
    calls = monitor.counter(CALLS, method="GET", path="/")
    for value in (_Colour.RED, "red", _Colour.RED, _Code.GONE, "410", 410):
        calls.labels(value).inc()
    found = samples(monitor)
    assert found["calls_total", "GET", "/", "red"] == 3
    assert found["calls_total", "GET", "/", "410"] == 3


def test_a_value_that_cannot_be_hashed_is_a_label_all_the_same(monitor, samples):
    calls = monitor.counter(CALLS, method="GET", path="/")
    calls.labels(["a"]).inc()
    calls.labels(status=["a"]).inc()
    assert samples(monitor)["calls_total", "GET", "/", "['a']"] == 2


def test_a_series_that_was_let_go_comes_back_through_the_same_handle(monitor, samples):
    calls = monitor.counter(CALLS, method="GET", path="/")
    calls.labels("200").inc(5)
    monitor.forget(CALLS, method="GET", path="/", status="200")
    assert ("calls_total", "GET", "/", "200") not in samples(monitor)
    calls.labels("200").inc()
    assert samples(monitor)["calls_total", "GET", "/", "200"] == 1


def test_two_declarations_of_one_name_are_told_apart_by_what_differs(monitor):
    other = Metric(name="queue_depth", kind="gauge", help="Something else.", unit="bytes")
    monitor.gauge(DEPTH)
    with pytest.raises(DeclarationError) as caught:
        monitor.gauge(other)
    for words in ("Jobs that wait.", "Something else.", "unit '' and 'bytes'"):
        assert words in caught.value.problem


def test_an_equal_declaration_in_another_place_is_the_same_metric(samples):
    monitor = Monitor(isolated=True)
    monitor.gauge(DEPTH).set(1)
    again = Metric(name="queue_depth", kind="gauge", help="Jobs that wait.")
    monitor.gauge(again).inc()
    assert samples(monitor)["queue_depth",] == 2
