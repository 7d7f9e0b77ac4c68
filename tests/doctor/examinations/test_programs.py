from pathlib import Path

import pytest

from vedette.doctor.diagnosis import Fine
from vedette.doctor.examinations import programs
from vedette.doctor.patient import Running
from vedette.errors import UsageError
from vedette.model.module import Run
from vedette.model.program import Installed
from vedette.model.version import Version


def look(patient):
    return list(programs.EXAMINATION.examine(patient))


@pytest.fixture
def on_this_machine(monkeypatch):
    """Decide which programs are found."""

    def decide(*names):
        found = {
            name: Installed(
                name=name, path=Path(f"/x/{name}"), version=Version(1, 2, 3), source="path"
            )
            for name in names
        }
        monkeypatch.setattr(programs, "locate", lambda *_: found)

    return decide


def test_nothing_runs_and_everything_is_here(patient, on_this_machine):
    on_this_machine("prometheus", "promtool")
    idle, fine = look(patient(components=("prometheus",)))
    assert (idle.rule, idle.level) == ("stack-not-running", "info")
    assert "vedette up" in idle.hint
    assert fine == Fine(subject="prometheus", message="prometheus 1.2.3, promtool 1.2.3")


def test_a_missing_program_is_named_with_the_way_to_get_it(patient, on_this_machine):
    on_this_machine("prometheus")
    _, finding = look(patient(components=("prometheus",)))
    assert finding.rule == "program-missing"
    assert "no promtool" in finding.message
    assert "vedette components get prometheus" in finding.hint


def test_a_cache_that_cannot_be_used_is_told(patient, monkeypatch):
    def broken(*_):
        problem = "the cache is broken"
        raise UsageError(problem, hint="mend it")

    monkeypatch.setattr(programs, "locate", broken)
    _, finding = look(patient(components=("prometheus",)))
    assert (finding.rule, finding.message) == ("program-cache", "the cache is broken")


@pytest.mark.parametrize(
    "command, rule",
    [("{python}", None), ("sh", None), ("no-such-program", "program-missing")],
)
def test_the_command_of_a_service_must_be_there(patient, on_this_machine, tmp_path, command, rule):
    on_this_machine()
    run = Run(command=(command,), folder=tmp_path)
    result = look(patient("127.0.0.1:1", module={"run": run}))[-1]
    assert getattr(result, "rule", None) == rule


@pytest.mark.parametrize(
    "state, rule, level",
    [
        ("starting", "program-starting", "info"),
        ("waiting", "program-starting", "info"),
        ("backoff", "program-backoff", "error"),
        ("crashed", "program-crashed", "error"),
        ("stopped", "program-stopped", "error"),
    ],
)
def test_a_program_that_is_not_ready_is_told_with_its_last_words(patient, state, rule, level):
    row = Running(state=state, title="Prometheus", detail="out of memory")
    (finding,) = look(patient(components=("prometheus",), running={"prometheus": row}))
    assert (finding.rule, finding.level) == (rule, level)
    assert "out of memory" in finding.message


def test_a_program_that_is_ready_is_fine(patient):
    row = Running(state="ready", title="Prometheus", version="3.5.3")
    (fine,) = look(patient(components=("prometheus",), running={"prometheus": row}))
    assert fine == Fine(subject="prometheus", message="ready, 3.5.3")


def test_a_program_of_the_plan_that_was_not_started_is_told(patient):
    (finding,) = look(patient(components=("prometheus",), running={}))
    assert finding.rule == "program-not-started"
