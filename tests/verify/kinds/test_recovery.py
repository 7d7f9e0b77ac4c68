import pytest

from vedette.verify.kinds.recovery import RecoveryPromise, check
from vedette.verify.outcome import BrokenPromiseError

PROMISE = RecoveryPromise(recovery="serving", cause="POST {serving}/break/crash", within=0.01)


def test_a_program_that_comes_back_as_another_process_is_kept(programs, service, system):
    programs["serving"] = {"state": "ready", "pid": 10}

    def crash(_):
        programs["serving"] = {"state": "ready", "pid": 11}
        return {}

    service.answers["/break/crash"] = crash
    assert "process 10 was replaced by 11" in check(PROMISE, system).text


def test_a_program_that_stays_away_is_broken(programs, service, system):
    programs["serving"] = {"state": "ready", "pid": 10}

    def crash(_):
        programs["serving"] = {"state": "backoff", "pid": None}
        return {}

    service.answers["/break/crash"] = crash
    with pytest.raises(BrokenPromiseError, match=r"is backoff, process None \(was 10\)"):
        check(PROMISE, system)


def test_a_program_that_was_never_hurt_is_broken(programs, service, system):
    programs["serving"] = {"state": "ready", "pid": 10}
    service.answers["/break/crash"] = lambda _: {}
    with pytest.raises(BrokenPromiseError, match=r"\(was 10\)"):
        check(PROMISE, system)
