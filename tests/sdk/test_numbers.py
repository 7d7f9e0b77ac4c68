import math
import weakref
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from vedette.model.metric import Metric
from vedette.sdk.monitor import Monitor

TOTAL = Metric(name="some_total", kind="counter", help="Something.")
LEVEL = Metric(name="level", kind="gauge", help="Something.")
SIZES = Metric(name="sizes", kind="histogram", help="Something.", buckets=(1.0, 10.0))


class _Strange:
    def __float__(self):
        raise RuntimeError


def record(monitor, value):
    """Record one value with every kind of handle."""
    monitor.counter(TOTAL).inc(value)
    monitor.gauge(LEVEL).set(value)
    monitor.gauge(LEVEL).inc(value)
    monitor.gauge(LEVEL).dec(value)
    monitor.histogram(SIZES).observe(value)


@pytest.mark.parametrize(
    "value",
    [
        2,
        2.0,
        Decimal(2),
        Fraction(4, 2),
        np.float64(2),
        np.float32(2),
        np.int64(2),
        np.uint8(2),
        np.float16(2),
        np.array(2),
        np.array([[2.0]]),
        np.array(2.0, dtype=np.float32),
        torch.tensor(2),
        torch.tensor(2.0, dtype=torch.bfloat16),
        torch.tensor(2.0, requires_grad=True),
        torch.tensor([2.0]),
        torch.nn.Parameter(torch.tensor(2.0)) * 1,
    ],
    ids=repr,
)
def test_whatever_is_a_number_is_recorded_as_one(monitor, samples, value):
    record(monitor, value)
    found = samples(monitor)
    assert found["some_total",] == found["level",] == found["sizes_sum",] == 2
    assert all(not found[key] for key in found if key[0] == "vedette_lost_records_total")


def test_yes_is_one_and_no_is_nothing(monitor, samples):
    record(monitor, True)
    record(monitor, np.bool_(False))
    found = samples(monitor)
    assert found["some_total",] == found["sizes_sum",] == 1
    assert found["sizes_count",] == 2


@pytest.mark.parametrize(
    "value",
    [
        "2",
        b"2",
        bytearray(b"2"),
        None,
        [2],
        {},
        2j,
        10**400,
        _Strange(),
        object,
        np.array([1.0, 2.0]),
        torch.tensor([1.0, 2.0]),
        np.str_("2"),
        np.array("2"),
    ],
    ids=lambda value: f"{value!r:.30}",
)
def test_what_is_no_number_is_lost_whatever_the_kind_and_never_raises(monitor, samples, value):
    record(monitor, 1)
    record(monitor, value)
    found = samples(monitor)
    assert found["some_total",] == found["level",] == found["sizes_sum",] == 1
    assert found["vedette_lost_records_total", "some_total"] == 1
    assert found["vedette_lost_records_total", "level"] == 3
    assert found["vedette_lost_records_total", "sizes"] == 1


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, np.float32("nan")], ids=repr)
def test_only_a_gauge_takes_what_is_not_finite(monitor, samples, value):
    monitor.counter(TOTAL).inc(value)
    monitor.histogram(SIZES).observe(value)
    monitor.gauge(LEVEL).set(value)
    found = samples(monitor)
    assert found["level",] == pytest.approx(float(value), nan_ok=True)
    assert found["vedette_lost_records_total", "level"] == 0
    assert found["vedette_lost_records_total", "some_total"] == 1
    assert found["vedette_lost_records_total", "sizes"] == 1
    assert found["some_total",] == found["sizes_count",] == found["sizes_sum",] == 0


def test_a_tensor_leaves_no_graph_behind(monitor):
    weight = torch.tensor(2.0, requires_grad=True)
    loss = weight * 3
    alive = weakref.ref(loss)
    monitor.gauge(LEVEL).set(loss)
    del loss
    assert alive() is None


@given(st.lists(st.floats() | st.integers() | st.booleans() | st.decimals() | st.text()))
def test_a_counter_is_the_sum_of_what_it_could_take_and_the_rest_is_counted(values):
    monitor = Monitor(isolated=True)
    total = monitor.counter(TOTAL)
    for value in values:
        total.inc(value)
    taken = [float(value) for value in values if _countable(value)]
    lines = [line.split() for line in monitor.expose().body.decode().splitlines()]
    shown = {words[0]: float(words[1]) for words in lines if words[0] != "#"}
    assert shown["some_total"] == pytest.approx(sum(taken))
    assert shown['vedette_lost_records_total{metric="some_total"}'] == len(values) - len(taken)


def _countable(value):
    if isinstance(value, str):
        return False
    try:
        number = float(value)
    except (OverflowError, ValueError):  # too large, or a signalling NaN
        return False
    return 0 <= number < math.inf
