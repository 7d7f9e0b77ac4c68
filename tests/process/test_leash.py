import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from vedette.process import leash, living

SLEEP = "import time; time.sleep(600)"
DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(); " + SLEEP


def test_the_mark_is_the_one_that_the_supervisor_sets():
    assert leash.MARK == living.MARK


@pytest.fixture
def token():
    return f"leash-{os.getpid()}-{time.monotonic_ns()}"


@pytest.fixture
def start():
    processes = []

    def start_(code, **environment):
        process = subprocess.Popen(
            [sys.executable, "-I", "-S", "-u", "-c", code],
            env={**os.environ, **environment},
            start_new_session=True,
            stdout=subprocess.PIPE,
        )
        processes.append(process)
        return process

    yield start_
    for process in processes:
        process.kill()
        process.wait(timeout=10)
        if process.stdout is not None:
            process.stdout.close()


@pytest.fixture
def held(token):
    """A leash, held by this test."""
    argv = [sys.executable, "-I", "-S", str(Path(leash.__file__)), token]
    process = subprocess.Popen(argv, stdin=subprocess.PIPE, start_new_session=True)
    assert process.stdin is not None
    yield process
    process.stdin.close()
    process.wait(timeout=20)


def _tell(held, text):
    held.stdin.write(text.encode())
    held.stdin.flush()


def test_named_groups_end_when_the_pipe_closes_and_those_taken_back_do_not(held, start):
    named, freed = start(SLEEP), start(SLEEP)
    _tell(held, f"+{named.pid}\n+{freed.pid}\n-{freed.pid}\n")
    held.stdin.close()
    assert named.wait(timeout=10) == -signal.SIGTERM
    held.wait(timeout=10)
    assert freed.poll() is None


def test_what_ignores_the_request_is_killed(held, start):
    deaf = start(DEAF)
    deaf.stdout.readline()
    _tell(held, f"+{deaf.pid}\n")
    held.stdin.close()
    assert deaf.wait(timeout=10) == -signal.SIGKILL


@pytest.mark.skipif(sys.platform != "linux", reason="needs /proc")
def test_what_carries_the_token_ends_although_nobody_named_it(held, start, token):
    stray = start("print(); " + SLEEP, **{living.MARK: token})
    stray.stdout.readline()
    held.stdin.close()
    assert stray.wait(timeout=10) == -signal.SIGTERM


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_the_signals_that_end_a_session_do_not_end_the_leash(held, start, number):
    named = start(SLEEP)
    _tell(held, f"+{named.pid}\n")
    ready = time.monotonic() + 10
    status = Path(f"/proc/{held.pid}/status")
    while not _ignores(status, number) and time.monotonic() < ready:
        time.sleep(0.02)
    held.send_signal(number)
    held.stdin.close()
    assert named.wait(timeout=10) == -signal.SIGTERM
    assert held.wait(timeout=10) == 0


def _ignores(status, number):
    line = next(row for row in status.read_text().splitlines() if row.startswith("SigIgn:"))
    return int(line.split()[1], 16) >> (number - 1) & 1
