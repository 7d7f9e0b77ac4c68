import pytest

from vedette.process.run import Completed
from vedette.verify import system as system_module
from vedette.verify.kinds.restart import RestartPromise, check
from vedette.verify.outcome import BrokenPromiseError

PROMISE = RestartPromise(restart="serving", within=0.01)


@pytest.fixture
def restarted(programs, monkeypatch):
    """What happens to the process ids when the command runs."""
    for name, pid in (("serving", 10), ("prometheus", 20)):
        programs[name] = {"state": "ready", "pid": pid}

    def react(*, returncode=0, **pids):
        def run(argv, **_):
            assert argv[-2:] == ("restart", "serving")
            for name, pid in pids.items():
                programs[name] = {**programs[name], "pid": pid}
            return Completed(stdout="", stderr="it would not", returncode=returncode)

        monkeypatch.setattr(system_module, "run", run)

    return react


def test_a_program_that_alone_gets_a_new_process_is_kept(restarted, system):
    restarted(serving=11)
    assert "process 10 became 11" in check(PROMISE, system).text


def test_a_program_that_goes_on_as_it_was_is_broken(restarted, system):
    restarted()
    with pytest.raises(BrokenPromiseError, match=r"process 10 \(was 10\)"):
        check(PROMISE, system)


def test_another_program_that_is_restarted_too_is_broken(restarted, system):
    restarted(serving=11, prometheus=21)
    with pytest.raises(BrokenPromiseError, match="prometheus was restarted as well"):
        check(PROMISE, system)


def test_a_command_that_fails_is_broken(restarted, system):
    restarted(returncode=1)
    with pytest.raises(BrokenPromiseError, match="ended with 1: it would not"):
        check(PROMISE, system)


@pytest.mark.usefixtures("restarted")
def test_a_program_that_nobody_runs_is_broken(system):
    with pytest.raises(BrokenPromiseError, match="no program 'mlflow'"):
        check(RestartPromise(restart="mlflow"), system)
