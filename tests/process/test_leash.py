import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from vedette.process import leash
from vedette.process.living import MARK

DEADLINE = 20.0
IGNORES_SIGTERM = (
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
    "print('up', flush=True); time.sleep(600)"
)
OBEYS = "import time; print('up', flush=True); time.sleep(600)"


def start(code, **environment):
    """Start a program in a session of its own; return once it runs its code."""
    program = subprocess.Popen(
        [sys.executable, "-I", "-S", "-c", code],
        stdout=subprocess.PIPE,
        start_new_session=True,
        env={**os.environ, **environment},
    )
    assert program.stdout is not None
    with program.stdout as output:
        assert output.readline() == b"up\n"
    return program


@pytest.fixture
def program():
    """Starts programs, and ends those that a test left."""
    started = []

    def begin(code, **environment):
        started.append(start(code, **environment))
        return started[-1]

    yield begin
    for each in started:
        if each.poll() is None:
            each.kill()
        each.wait()


@pytest.fixture
def held():
    """A leash and the writing end of its pipe."""
    words = [sys.executable, "-I", "-S", leash.__file__, "token-of-this-test"]
    process = subprocess.Popen(words, stdin=subprocess.PIPE, start_new_session=True)
    yield process
    if process.stdin is not None and not process.stdin.closed:
        process.stdin.close()
    process.wait(timeout=DEADLINE)


def tell(process, text):
    process.stdin.write(text.encode())
    process.stdin.flush()


def release(process):
    process.stdin.close()
    process.wait(timeout=DEADLINE)


def test_groups_that_were_taken_back_are_not_ended():
    reading, writing = os.pipe()
    os.write(writing, b"+12\n+1")
    os.write(writing, b"3\n-12\n+14\n")
    os.close(writing)
    assert leash.groups_at_end(reading) == {13, 14}
    os.close(reading)


def test_when_the_pipe_closes_the_named_group_is_asked_to_stop(held, program):
    named = program(OBEYS)
    tell(held, f"+{named.pid}\n")
    held.stdin.close()
    assert named.wait(timeout=DEADLINE) == -signal.SIGTERM


def test_a_group_that_does_not_stop_is_killed_after_the_grace(held, program):
    stubborn = program(IGNORES_SIGTERM)
    tell(held, f"+{stubborn.pid}\n")
    begin = time.monotonic()
    held.stdin.close()
    assert stubborn.wait(timeout=DEADLINE) == -signal.SIGKILL
    assert time.monotonic() - begin >= leash.GRACE_SECONDS


def test_a_group_that_was_taken_back_lives_on(held, program):
    free = program(OBEYS)
    tell(held, f"+{free.pid}\n-{free.pid}\n")
    release(held)
    assert free.poll() is None


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux shows environments to all")
def test_a_marked_process_in_another_session_is_ended_too(held, program):
    strayed = program(OBEYS, **{MARK: "token-of-this-test"})
    other = program(OBEYS, **{MARK: "token-of-another-stack"})
    held.stdin.close()
    assert strayed.wait(timeout=DEADLINE) == -signal.SIGTERM
    held.wait(timeout=DEADLINE)
    assert other.poll() is None


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells what a process ignores")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_the_leash_does_not_let_go_when_it_is_asked_to_stop(held, program, number):
    named = program(OBEYS)
    tell(held, f"+{named.pid}\n")
    ignores = _wait_for_handlers(held.pid)
    assert ignores
    held.send_signal(number)
    assert held.poll() is None
    held.stdin.close()
    assert named.wait(timeout=DEADLINE) == -signal.SIGTERM


def _wait_for_handlers(pid):
    """Wait until the leash ignores the signals; it has only just been started."""
    wanted = sum(1 << (number - 1) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP))
    deadline = time.monotonic() + DEADLINE
    while time.monotonic() < deadline:
        status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
        ignored = next(line for line in status.splitlines() if line.startswith("SigIgn:"))
        if int(ignored.split()[1], 16) & wanted == wanted:
            return True
        time.sleep(0.01)
    return False
