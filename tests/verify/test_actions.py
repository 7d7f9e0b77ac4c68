import os
import signal
import subprocess
import sys
import time

import pytest

from vedette.errors import UsageError
from vedette.process.living import birth
from vedette.verify import actions
from vedette.verify.outcome import BrokenPromiseError


@pytest.fixture
def sleeper(programs):
    """A real process that a supervisor claims as its program."""
    process = subprocess.Popen(
        [sys.executable, "-c", "import time; time.sleep(60)"], start_new_session=True
    )
    programs["serving"] = {"state": "ready", "pid": process.pid}
    yield process
    process.kill()
    process.wait()


def state(pid):
    with open(f"/proc/{pid}/stat", encoding="ascii") as file:  # noqa: PTH123 - not a file of ours
        return file.read().rpartition(")")[2].split()[0]


def becomes(pid, states):
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        if state(pid) in states:
            return True
        time.sleep(0.01)
    return False


def test_a_request_is_sent_where_the_program_is(service, system):
    service.answers["/break/crash"] = lambda _: {}
    actions.deed("POST {serving}/break/crash", system)()
    assert service.asked == ["POST /break/crash"]


def test_a_request_that_is_refused_is_broken(system):
    with pytest.raises(BrokenPromiseError, match="answered 404"):
        actions.deed("DELETE {serving}/nothing", system)()


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_program_is_frozen_and_thawed(sleeper, system):
    assert birth(sleeper.pid)
    actions.deed("freeze serving", system)()
    assert becomes(sleeper.pid, {"T"})
    actions.deed("thaw serving", system)()
    assert becomes(sleeper.pid, {"S", "R"})


def test_a_program_is_killed(sleeper, system):
    actions.deed("kill serving", system)()
    assert sleeper.wait(5) == -signal.SIGKILL


def test_a_program_without_a_process_is_broken(programs, system):
    programs["serving"] = {"state": "backoff", "pid": None}
    with pytest.raises(BrokenPromiseError, match="no process to send SIGSTOP to"):
        actions.deed("freeze serving", system)()


def test_a_program_that_just_ended_is_broken(programs, system):
    ended = subprocess.Popen([sys.executable, "-c", ""], start_new_session=True)
    ended.wait()
    programs["serving"] = {"state": "ready", "pid": ended.pid}
    assert ended.pid != os.getpid()
    with pytest.raises(BrokenPromiseError, match="no process"):
        actions.deed("kill serving", system)()


def test_words_that_are_no_deed_are_refused(system):
    with pytest.raises(UsageError, match="'hope' is no deed"):
        actions.deed("hope", system)


@pytest.mark.parametrize(
    "deed, undone",
    [
        ("freeze node_exporter", "thaw node_exporter"),
        ("POST {serving}/break/slow-model", "DELETE {serving}/break/slow-model"),
        ("kill serving", ""),
    ],
)
def test_what_can_be_undone_knows_how(deed, undone):
    assert actions.opposite(deed) == undone
