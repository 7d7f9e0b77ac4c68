import os
import subprocess
import sys

from vedette.process.usage import proportional, sessions

BUSY = (
    "import os, subprocess, sys\n"
    "block = bytearray(32 * 1024 * 1024)\n"
    "end = os.times().user + 0.3\n"
    "while os.times().user < end: pass\n"
    "inner = 'block = bytearray(32 * 1024 * 1024); print(flush=True); input()'\n"
    "child = subprocess.Popen([sys.executable, '-I', '-S', '-c', inner], stdin=subprocess.PIPE)\n"
    "input()\n"
)


def test_a_session_is_measured_with_everything_in_it():
    process = subprocess.Popen(
        [sys.executable, "-I", "-S", "-c", BUSY],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    assert process.stdout is not None
    try:
        process.stdout.readline()
        used = sessions(frozenset({process.pid}))[process.pid]
    finally:
        process.communicate(b"\n")
    assert used.memory_bytes > 64 * 1024 * 1024
    assert used.cpu_seconds >= 0.29


def test_a_process_that_is_gone_uses_nothing():
    process = subprocess.Popen([sys.executable, "-I", "-S", "-c", ""])
    process.wait(timeout=10)
    assert sessions(frozenset({process.pid}))[process.pid].memory_bytes == 0
    assert proportional(process.pid) == 0


def test_our_own_memory_can_be_read():
    assert proportional(os.getpid()) > 1_000_000
