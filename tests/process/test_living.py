import os
import signal
import subprocess
import sys
import uuid

import pytest

from vedette.process import living

SLEEPS = "import time; print('up', flush=True); time.sleep(600)"
PARENT = (
    "import subprocess, sys;"
    f"p = subprocess.Popen([sys.executable, '-I', '-S', '-c', {SLEEPS!r}], start_new_session=True);"
    "print(p.pid, flush=True); p.wait()"
)


@pytest.fixture
def program():
    """Starts a program in a session of its own and returns it with its first line."""
    started = []

    def begin(code, **environment):
        process = subprocess.Popen(
            [sys.executable, "-I", "-S", "-c", code],
            stdout=subprocess.PIPE,
            start_new_session=True,
            env={**os.environ, **environment},
        )
        started.append(process)
        assert process.stdout is not None
        return process, process.stdout.readline().decode().strip()

    yield begin
    for process in started:
        process.kill()
        process.communicate()


def test_a_process_keeps_its_birth_and_shares_it_with_no_successor(program):
    process, _ = program(SLEEPS)
    birth = living.birth(process.pid)
    assert birth
    assert living.birth(process.pid) == birth
    process.kill()
    assert living.birth(process.pid) in {birth, ""}  # the kernel may need a moment
    process.wait()
    assert living.birth(process.pid) == ""


def test_marked_processes_are_found_in_whatever_session_they_are(program):
    token = uuid.uuid4().hex
    process, child = program(PARENT, **{living.MARK: token})
    assert living.marked(token) == {process.pid, int(child)}
    living.send(living.marked(token), signal.SIGKILL)
    process.wait()


def test_a_token_that_only_begins_alike_is_another(program):
    token = uuid.uuid4().hex
    program(SLEEPS, **{living.MARK: token + "0"})
    assert living.marked(token) == frozenset()


def test_signals_to_those_who_are_gone_are_no_error(program):
    process, _ = program(SLEEPS)
    process.kill()
    process.wait()
    living.send([process.pid], signal.SIGTERM)
    assert not living.send_group(process.pid, signal.SIGTERM)
    assert not living.group_exists(process.pid)
    assert not living.exists(process.pid)


def test_a_group_gets_a_signal_as_a_whole(program):
    process, _ = program(SLEEPS)
    assert living.group_exists(process.pid)
    assert living.send_group(process.pid, signal.SIGTERM)
    assert process.wait(timeout=20) == -signal.SIGTERM


def test_our_own_process_exists():
    assert living.exists(os.getpid())
