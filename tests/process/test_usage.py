import os
import subprocess
import sys

import pytest

from vedette.process import usage

# Burns processor time in a child of the same session, then waits.
BUSY = """
import subprocess, sys, time
code = '''
import time
block = bytearray(40_000_000)
while time.process_time() < 0.4: pass
print("done", flush=True); time.sleep(600)
'''
child = subprocess.Popen([sys.executable, "-I", "-S", "-c", code], stdout=subprocess.PIPE)
child.stdout.readline()
print("up", flush=True); time.sleep(600)
"""


@pytest.fixture
def busy():
    """A program whose child has worked for 0.4 s and holds 40 MB."""
    words = [sys.executable, "-I", "-S", "-c", BUSY]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, start_new_session=True)
    assert process.stdout is not None
    process.stdout.readline()
    yield process.pid
    os.killpg(process.pid, 9)
    process.wait()
    process.stdout.close()


def test_a_session_s_usage_includes_what_its_children_use(busy):
    used = usage.sessions(frozenset({busy}))[busy]
    assert 0.35 <= used.cpu_seconds < 5.0
    assert 40_000_000 <= used.memory_bytes < 200_000_000


def test_a_session_that_is_gone_uses_nothing():
    assert usage.sessions(frozenset({2**22 - 1})) == {2**22 - 1: usage.Usage()}


def test_the_memory_of_a_process_that_is_gone_is_zero():
    assert usage.proportional(2**22 - 1) == 0


def test_our_own_memory_is_plausible():
    assert 5_000_000 < usage.proportional(os.getpid()) < 2_000_000_000
