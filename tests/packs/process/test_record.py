import sys

import psutil
import pytest

from vedette.packs.process import record
from vedette.packs.process.record import CpuUsage, memory_reader, watch_process
from vedette.sdk.monitor import Monitor


class Clock:
    """Time that stands still until it is told to go on."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        """Return the time."""
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def busy():
    return Clock()


def test_processor_use_is_the_share_of_the_time_since_the_last_question(clock, busy):
    usage = CpuUsage(clock=clock, busy=busy)
    clock.now += 10
    busy.now += 5
    assert usage() == 50
    clock.now += 10
    busy.now += 20
    assert usage() == 200


def test_a_question_that_comes_at_once_gets_the_last_answer(clock, busy):
    usage = CpuUsage(clock=clock, busy=busy)
    clock.now += 10
    busy.now += 5
    assert usage() == usage() == 50
    clock.now += 0.1
    busy.now += 0.1
    assert usage() == 50


def test_memory_is_what_the_system_says():
    read = memory_reader()
    assert read is not None
    assert read() == pytest.approx(psutil.Process().memory_info().rss, rel=0.2)


def test_where_there_is_no_proc_psutil_is_asked(monkeypatch, tmp_path):
    monkeypatch.setattr(record, "_STATM", tmp_path / "missing")
    read = memory_reader()
    assert read is not None
    assert read() == pytest.approx(psutil.Process().memory_info().rss, rel=0.2)


def test_where_nothing_can_tell_the_memory_there_is_no_series(monkeypatch, tmp_path):
    monkeypatch.setattr(record, "_STATM", tmp_path / "missing")
    monkeypatch.setitem(sys.modules, "psutil", None)
    monitor = Monitor(isolated=True)
    watch_process(monitor=monitor)
    text = monitor.expose().body.decode()
    assert "cpu_usage_percent" in text
    assert "ram_usage_bytes" not in text
