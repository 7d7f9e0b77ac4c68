from vedette.process.usage import Usage
from vedette.supervisor import status
from vedette.supervisor.clock import Clock


class _Clock(Clock):
    now = 100.0

    def monotonic(self):
        """Return what the test says."""
        return self.now


def test_the_processor_is_a_percentage_since_the_question_before(monkeypatch):
    clock, spent = _Clock(), [10.0]
    monkeypatch.setattr(
        status,
        "sessions",
        lambda pids: {pid: Usage(cpu_seconds=spent[0], memory_bytes=7) for pid in pids},
    )
    meter = status.Meter(clock)
    assert meter.read(frozenset({4})) == {4: (0.0, 7)}
    clock.now, spent[0] = 110.0, 11.0
    assert meter.read(frozenset({4})) == {4: (10.0, 7)}
    clock.now, spent[0] = 110.1, 11.1  # too soon after to tell: the same answer as before
    assert meter.read(frozenset({4})) == {4: (10.0, 7)}
    clock.now, spent[0] = 120.0, 11.0
    assert meter.read(frozenset({4})) == {4: (0.0, 7)}


def test_a_process_that_takes_the_id_of_another_starts_afresh(monkeypatch):
    clock, spent = _Clock(), [50.0]
    monkeypatch.setattr(
        status, "sessions", lambda pids: dict.fromkeys(pids, Usage(cpu_seconds=spent[0]))
    )
    meter = status.Meter(clock)
    meter.read(frozenset({4}))
    meter.read(frozenset())
    clock.now, spent[0] = 110.0, 60.0
    assert meter.read(frozenset({4}))[4][0] == 0.0
