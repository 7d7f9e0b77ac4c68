import asyncio

import pytest

import vedette
from vedette.packs.process.measure import measure_time
from vedette.sdk.monitor import Monitor


@pytest.fixture
def monitor():
    return Monitor(isolated=True)


def count(monitor, operation):
    """How many blocks of that name were measured."""
    line = f'operation_duration_seconds_count{{operation="{operation}"}} '
    text = monitor.expose().body.decode()
    return next(
        (float(found.removeprefix(line)) for found in text.splitlines() if found.startswith(line)),
        0.0,
    )


def test_a_block_is_measured_also_where_it_raises(monitor):
    with measure_time("forward_pass", monitor=monitor):
        pass
    with pytest.raises(ZeroDivisionError), measure_time("forward_pass", monitor=monitor):
        _ = 1 / 0
    assert count(monitor, "forward_pass") == 2


def test_a_function_and_a_coroutine_are_measured_at_each_call(monitor):
    @measure_time("load", monitor=monitor)
    def load(value):
        return value

    @measure_time("fetch", monitor=monitor)
    async def fetch(value):
        return value

    assert [load(1), load(2), asyncio.run(fetch(3))] == [1, 2, 3]
    assert (count(monitor, "load"), count(monitor, "fetch")) == (2, 1)


def test_the_series_of_a_name_is_bound_once(monitor, monkeypatch):
    bound = []
    bind = monitor.histogram

    def histogram(metric, **labels):
        bound.append(labels)
        return bind(metric, **labels)

    monkeypatch.setattr(monitor, "histogram", histogram)
    for _ in range(3):
        with measure_time("step", monitor=monitor):
            pass
    assert bound == [{"operation": "step"}]


def test_the_package_offers_it():
    assert vedette.measure_time is measure_time
