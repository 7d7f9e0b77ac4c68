"""Another engine takes the place of prometheus_client's without anything above it changing."""

from collections import defaultdict
from functools import partial

import pytest

from vedette.model.metric import Metric
from vedette.sdk import _backend
from vedette.sdk.engine import Series, TakenError
from vedette.sdk.lost import LOST
from vedette.sdk.monitor import Monitor
from vedette.sdk.rows import Cell, Rows

CALLS = Metric(name="calls_total", kind="counter", help="Calls.", labels=("path",))
LEVEL = Metric(name="level", kind="gauge", help="Level.")
SECONDS = Metric(name="call_seconds", kind="histogram", help="Time.")
BUILD = Metric(name="build_info", kind="info", help="Build.", labels=("commit",))
STATE = Metric(
    name="state", kind="stateset", help="State.", labels=("state",), values={"state": ("a", "b")}
)
TAKEN = Metric(name="taken_total", kind="counter", help="Belongs to somebody else.")
FULL = Metric(name="full_total", kind="counter", help="Cannot be stored.")


class _Dictionary:
    """The smallest engine: numbers in a dictionary."""

    def __init__(self):
        self.numbers = defaultdict(float)
        self.examples = []
        self.asked = []

    def series(self, metric, values):
        self.asked.append(metric.name)
        if metric is TAKEN:
            raise TakenError(metric.name)
        if metric is FULL:
            raise OSError(28, "no space left")
        key = (metric.name, *values)
        self.numbers[key] += 0.0
        add, put = partial(self._add, key), partial(self.numbers.__setitem__, key)
        adds = metric.kind in {"counter", "histogram"}
        return Series(
            write=add if adds else put,
            add=add,
            exemplify=lambda number, labels: self.examples.append((number, labels)),
        )

    def _add(self, key, amount):
        self.numbers[key] += amount

    def forget(self, metric, values):
        del self.numbers[metric.name, *values]

    def expose(self, accept, ambient):
        return repr((accept, dict(ambient))).encode(), "text/x-dictionary"


@pytest.fixture
def engine(monkeypatch):
    engine = _Dictionary()
    monkeypatch.setattr(_backend, "isolated", lambda: engine)
    return engine


@pytest.fixture
def monitor(engine):
    """A monitor on the other engine."""
    del engine
    return Monitor(isolated=True, model="faces")


def test_every_instrument_writes_through_it(engine, monitor):
    monitor.counter(CALLS, path="/").inc(2, exemplar={"trace_id": 7})
    monitor.gauge(LEVEL).set(5)
    monitor.gauge(LEVEL).inc()
    monitor.histogram(SECONDS).observe(0.5)
    monitor.info(BUILD).set(commit="old")
    monitor.info(BUILD).set(commit="new")
    monitor.stateset(STATE).set("b")
    Rows(monitor, ("path",), (Cell(metric=CALLS, value=1),))("/")()
    numbers = {key: value for key, value in engine.numbers.items() if key[0] != LOST.name}
    assert numbers == {
        ("calls_total", "/"): 3,
        ("level",): 6,
        ("call_seconds",): 0.5,
        ("build_info", "old"): 0,
        ("build_info", "new"): 1,
        ("state", "a"): 0,
        ("state", "b"): 1,
    }
    assert engine.examples == [(2.0, {"trace_id": "7"})]
    assert monitor.expose("some/type").body == b"('some/type', {'model': 'faces'})"


def test_it_is_asked_once_for_each_series_and_forgets_when_it_is_told(engine, monitor):
    for _ in range(3):
        monitor.counter(CALLS, path="/").inc()
        monitor.counter(CALLS).labels("/").inc()
    assert engine.asked.count("calls_total") == 1
    monitor.forget(CALLS, path="/")
    assert ("calls_total", "/") not in engine.numbers


def test_it_gets_only_numbers_that_were_checked(engine, monitor):
    for wrong in (-1, float("nan"), float("inf"), "7", None):
        monitor.counter(CALLS, path="/").inc(wrong)
        monitor.histogram(SECONDS).observe(wrong if wrong != -1 else None)
    assert engine.numbers["calls_total", "/"] == engine.numbers["call_seconds",] == 0
    assert engine.numbers[LOST.name, "calls_total"] == 5
    assert engine.numbers[LOST.name, "call_seconds"] == 5


def test_a_name_that_is_taken_is_not_asked_for_again_and_a_full_disk_is(engine, monitor):
    for _ in range(3):
        monitor.counter(TAKEN).inc()
        monitor.counter(FULL).inc()
    assert engine.asked.count("taken_total") == 1
    assert engine.asked.count("full_total") == 3
    assert engine.numbers[LOST.name, "taken_total"] == 3
    assert engine.numbers[LOST.name, "full_total"] == 3


def test_what_it_cannot_do_is_a_loss_and_no_fault(engine, monitor):
    monitor.gauge(LEVEL).follow(lambda: 7)
    assert engine.numbers[LOST.name, "level"] == 1
