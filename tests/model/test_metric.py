from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.errors import DeclarationError
from vedette.model.metric import Metric


def metric(**more):
    return Metric(**{"name": "queue_length", "kind": "gauge", "help": "Waiting jobs.", **more})


def test_a_metric_stands_in_an_expression_by_its_name():
    assert f"avg({metric()})" == "avg(queue_length)"


def test_a_histogram_offers_its_three_series():
    latency = metric(name="latency_seconds", kind="histogram", buckets=(0.1, 1.0))
    assert latency.series == (
        "latency_seconds_bucket",
        "latency_seconds_sum",
        "latency_seconds_count",
    )


def test_a_gauge_has_no_bucket_series():
    with pytest.raises(DeclarationError, match="has no _bucket series"):
        _ = metric().bucket


def test_a_counter_that_does_not_end_in_total_is_refused():
    with pytest.raises(DeclarationError, match="does not end in _total"):
        metric(name="requests", kind="counter")


def test_a_waiver_keeps_a_counter_of_another_name():
    assert metric(name="requests", kind="counter", waiver="a foreign exporter's name").waiver


def test_only_a_histogram_has_buckets():
    with pytest.raises(DeclarationError, match="has buckets"):
        metric(buckets=(1.0,))


@given(st.lists(st.floats(allow_nan=False), min_size=2, max_size=6))
def test_buckets_are_accepted_exactly_when_they_rise(bounds):
    rise = all(low < high for low, high in pairwise(bounds))
    try:
        metric(kind="histogram", buckets=tuple(bounds))
    except DeclarationError:
        assert not rise
    else:
        assert rise


@pytest.mark.parametrize("name", ["", "9lives", "with-dash", "with space", "é"])
def test_what_is_no_metric_name_is_refused(name):
    with pytest.raises(DeclarationError, match="is not a metric name"):
        metric(name=name)


@pytest.mark.parametrize("label", ["", "9", "__name__", "a-b"])
def test_what_is_no_label_name_is_refused(label):
    with pytest.raises(DeclarationError, match="is not a label name"):
        metric(labels=(label,))


def test_values_for_a_label_that_it_does_not_have_are_refused():
    with pytest.raises(DeclarationError, match="unknown labels"):
        metric(labels=("route",), values={"rout": ("/",)})
