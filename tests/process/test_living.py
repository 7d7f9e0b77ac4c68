import os
import signal
import subprocess
import sys
import time

import pytest

from vedette.process import living

SLEEP = [sys.executable, "-I", "-S", "-c", "import time; time.sleep(600)"]


@pytest.fixture
def sleeper():
    token = f"test-{os.getpid()}-{time.monotonic_ns()}"
    environment = {**os.environ, living.MARK: token}
    process = subprocess.Popen(SLEEP, env=environment, start_new_session=True)
    yield process, token
    process.kill()
    process.wait(timeout=10)


def _eventually(ask):
    deadline = time.monotonic() + 10
    while not ask() and time.monotonic() < deadline:
        time.sleep(0.02)
    return ask()


def test_the_birth_of_a_process_tells_it_from_others(sleeper):
    process, _ = sleeper
    assert living.birth(process.pid)
    assert living.birth(process.pid) == living.birth(process.pid)
    process.kill()
    process.wait(timeout=10)
    assert living.birth(process.pid) == ""


def test_a_marked_process_is_found_wherever_it_has_gone(sleeper):
    process, token = sleeper
    assert _eventually(lambda: living.marked(token) == {process.pid})
    assert living.marked(token[:-1]) == frozenset()


def test_signals_reach_processes_and_groups_and_absent_ones_are_no_error(sleeper):
    process, _ = sleeper
    assert living.group_exists(process.pid)
    living.send([process.pid], signal.SIGTERM)
    assert process.wait(timeout=10) == -signal.SIGTERM
    assert not living.group_exists(process.pid)
    assert not living.send_group(process.pid, signal.SIGKILL)
    living.send([process.pid], signal.SIGKILL)
