import pytest

from vedette.process.run import Completed
from vedette.verify import system as system_module
from vedette.verify.kinds.command import CommandPromise, check
from vedette.verify.outcome import BrokenPromiseError


@pytest.fixture
def ran(monkeypatch):
    calls = []

    def run(argv, *, timeout, cwd, env):
        assert timeout > 0
        calls.append((argv[1:], cwd, env["VEDETTE_FILE"]))
        return Completed(stdout='{"state": "ready"}\n', stderr="", returncode=0)

    monkeypatch.setattr(system_module, "run", run)
    return calls


def test_a_command_runs_on_the_system_s_own_plan(ran, system):
    seen = check(CommandPromise(command="status --format json", output='"ready"'), system)
    assert seen.text == "exit 0, 1 lines"
    plan = str(system.folder / "vedette.yaml")
    assert ran == [(("-m", "vedette", "status", "--format", "json"), system.folder, plan)]


@pytest.mark.usefixtures("ran")
def test_another_exit_code_is_broken(system):
    with pytest.raises(BrokenPromiseError, match="ended with 0, not 2"):
        check(CommandPromise(command="status", exit=2), system)


@pytest.mark.usefixtures("ran")
def test_output_that_lacks_what_was_promised_is_broken(system):
    with pytest.raises(BrokenPromiseError, match="nothing like 'serving'"):
        check(CommandPromise(command="status", output="serving"), system)


def test_the_address_of_a_module_stands_in_a_command(ran, system):
    check(CommandPromise(command="lint {prometheus}/metrics"), system)
    assert ran[0][0][-2:] == ("lint", f"{system.address('prometheus')}/metrics")
