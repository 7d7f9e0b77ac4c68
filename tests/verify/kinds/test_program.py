import pytest

from vedette.verify.kinds.program import ProgramPromise, check
from vedette.verify.outcome import BrokenPromiseError

READY = {"state": "ready", "pid": 12, "port": 9090, "version": "3.5.3", "detail": ""}


def promise(name="prometheus"):
    return ProgramPromise(program=name, within=0.01)


def test_a_program_that_is_ready_is_kept(programs, system):
    programs["prometheus"] = READY
    assert check(promise(), system).text == "process 12, port 9090, 3.5.3"


def test_a_program_that_crashes_is_broken_with_its_reason(programs, system):
    programs["prometheus"] = {**READY, "state": "crashed", "detail": "no space left"}
    with pytest.raises(BrokenPromiseError, match="is crashed: no space left"):
        check(promise(), system)


def test_a_program_that_nobody_runs_is_broken(programs, system):
    programs["prometheus"] = READY
    with pytest.raises(BrokenPromiseError, match="no program 'grafana' runs; there are prometh"):
        check(promise("grafana"), system)
