import sys
import time

import psutil
import pytest
from prometheus_client.parser import text_string_to_metric_families

from vedette.packs.process import _look, _source, record
from vedette.packs.process._source import Child
from vedette.packs.process.record import CpuUsage, memory_reader, watch_process, watch_system
from vedette.sdk.monitor import Monitor


class Clock:
    """Time that stands still until it is told to go on."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        """Return the time."""
        return self.now


def samples(monitor):
    """Every sample but those of losses: name and label values to the value."""
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(monitor.expose().body.decode())
        for sample in family.samples
        if not sample.name.startswith("vedette_")
    }


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
    monkeypatch.setattr(_source, "_PROC", tmp_path / "missing")
    monitor = Monitor(isolated=True)
    watch_process(monitor=monitor)
    watch_system(monitor=monitor)
    assert set(samples(monitor)) == {("cpu_usage_percent",)}


def test_the_process_tells_its_files_threads_and_disk():
    monitor = Monitor(isolated=True)
    watch_process(monitor=monitor)
    before = samples(monitor)
    assert before["process_threads",] >= 1
    assert 0 < before["process_open_files",] < before["process_open_files_limit",]
    assert before["process_disk_io_bytes_total", "read"] >= 0


def test_the_machine_tells_its_memory_disks_and_network(monkeypatch):
    monkeypatch.setattr(record, "_SHORTEST", 0.0)
    monitor = Monitor(isolated=True)
    watch_system(monitor=monitor)
    told = samples(monitor)
    available = told["system_memory_available_bytes",]
    assert 0 < available < told["system_memory_limit_bytes",] == psutil.virtual_memory().total
    whole = told["system_filesystem_limit_bytes", "/"]
    assert 0 < told["system_filesystem_available_bytes", "/"] < whole
    end = time.monotonic() + 0.05  # the kernel counts hundredths of a second
    while time.monotonic() < end:
        sum(range(1000))
    assert 0 < samples(monitor)["system_cpu_utilization_ratio",] <= 1
    for name, ways, known in (
        ("system_network_io_bytes_total", {"receive", "transmit"}, psutil.net_io_counters),
        ("system_disk_io_bytes_total", {"read", "write"}, psutil.disk_io_counters),
    ):
        seen = {key[1:] for key in told if key[0] == name}
        assert {way for _, way in seen} <= ways
        assert {device for device, _ in seen} <= set(known(True) or ())
    assert not [key for key in told if key[0].startswith("system_network") and "lo" in key]


def test_scrapes_that_follow_at_once_look_once(monkeypatch):
    looks = []

    def look():
        looks.append(1)
        return ()

    monkeypatch.setattr(_look, "process", lambda _: (look,))
    monitor = Monitor(isolated=True)
    watch_process(monitor=monitor)
    for _ in range(3):
        monitor.expose()
    assert looks == [1]


def test_what_cannot_be_told_is_absent_and_said_once(monkeypatch, caplog):
    def disk():
        message = "not on this system"
        raise AttributeError(message)

    monkeypatch.setattr(_look, "process", lambda _: (disk,))
    monkeypatch.setattr(record, "_SHORTEST", 0.0)
    monitor = Monitor(isolated=True)
    with caplog.at_level("INFO", logger="vedette"):
        watch_process(monitor=monitor)
        monitor.expose()
        monitor.expose()
    assert caplog.messages == ["vedette cannot tell the disk: not on this system"]


class Family:
    """A source whose children are set by hand."""

    def __init__(self) -> None:
        self.below: list[Child] = []

    def children(self) -> list[Child]:
        """Return them."""
        return self.below


def child(pid, name, seconds, memory=100):
    return Child(pid=pid, words=(f"/bin/{name}",), cpu_seconds=seconds, memory=memory)


def family_told(family):
    return {(r.metric.name, *r.labels): r.value for r in family.read()}


def test_the_time_of_a_program_goes_on_when_one_of_its_processes_ends():
    source = Family()
    family = _look.Family(source)  # type: ignore[arg-type]  # only its children are asked for
    source.below = [child(1, "loader", 10.0), child(2, "loader", 5.0)]
    told = family_told(family)
    assert told["process_child_cpu_seconds_total", "loader"] == 15
    assert told["process_child_memory_bytes", "loader"] == 200
    assert told["process_children",] == 2
    source.below = [child(2, "loader", 6.5)]
    assert family_told(family)["process_child_cpu_seconds_total", "loader"] == 16.5
    source.below = [child(2, "loader", 0.5)]  # the number of the one before, another process
    assert family_told(family)["process_child_cpu_seconds_total", "loader"] == 17
    source.below = []
    told = family_told(family)
    assert told["process_child_cpu_seconds_total", "loader"] == 17
    assert ("process_child_memory_bytes", "loader") not in told


def test_of_many_programs_the_ten_largest_are_named():
    source = Family()
    source.below = [child(at, f"p{at}", 1.0, memory=at) for at in range(1, 15)]
    told = family_told(_look.Family(source))  # type: ignore[arg-type]  # as above
    memory = {key[1]: value for key, value in told.items() if "memory" in key[0]}
    assert len(memory) == 11
    assert memory["others"] == 1 + 2 + 3 + 4
