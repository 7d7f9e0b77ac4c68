import os
import signal
import subprocess
import sys
import time

import pytest

from vedette.errors import ProgramFailedError
from vedette.process.living import group_exists, send_group
from vedette.process.spawn import Command, spawn


@pytest.fixture
def start(tmp_path):
    children = []

    def start_(code, **changes):
        told = {"folder": tmp_path, "log": tmp_path / "log"}
        argv = (sys.executable, "-I", "-S", "-c", code)
        child = spawn(Command(arguments=argv, **{**told, **changes}))
        children.append(child)
        return child

    yield start_
    for child in children:
        send_group(child.pid, signal.SIGKILL)
        child.process.wait(timeout=10)
        child.close_input()


def test_a_program_leads_a_session_and_a_group_of_its_own(start):
    child = start("import time; time.sleep(600)")
    assert os.getsid(child.pid) == child.pid
    assert os.getpgid(child.pid) == child.pid
    assert child.poll() is None
    assert group_exists(child.pid)


def test_its_output_is_appended_to_a_log_of_its_owner_alone(start, tmp_path):
    log = tmp_path / "log"
    log.write_text("before\n")
    child = start("import os, sys; print(os.getcwd()); print(sys.argv, file=sys.stderr)")
    assert child.process.wait(timeout=10) == 0
    text = log.read_text()
    assert text.startswith("before\n")
    assert str(tmp_path) in text
    assert "['-c']" in text


def test_it_gets_its_environment_and_no_input(start, tmp_path):
    child = start(
        "import os, sys; print(os.environ['A'], repr(sys.stdin.read()))", environment={"A": "b c"}
    )
    child.process.wait(timeout=10)
    assert (tmp_path / "log").read_text() == "b c ''\n"


def test_a_piped_input_takes_more_than_a_pipe_holds(start, tmp_path):
    child = start("import sys; print(len(sys.stdin.read()))", piped_input=True)
    assert child.write(b"x" * 300_000)
    child.close_input()
    child.process.wait(timeout=10)
    assert (tmp_path / "log").read_text() == "300000\n"


def test_writing_to_one_that_has_ended_is_told(start):
    child = start("", piped_input=True)
    child.process.wait(timeout=10)
    assert not child.write(b"x" * 300_000)


@pytest.mark.skipif(sys.platform != "linux", reason="a signal that only Linux has")
def test_it_ends_with_a_parent_that_is_killed(tmp_path):
    code = (
        "import sys, time; from pathlib import Path\n"
        "from vedette.process.spawn import Command, spawn\n"
        "argv = (sys.executable, '-I', '-S', '-c', 'import time; time.sleep(600)')\n"
        f"log = Path({str(tmp_path / 'log')!r})\n"
        "child = spawn(Command(arguments=argv, folder=Path('/'), log=log))\n"
        "print(child.pid, flush=True); time.sleep(600)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    with parent.stdout:
        child = int(parent.stdout.readline())
        parent.kill()
        parent.wait(timeout=10)
    deadline = time.monotonic() + 10
    while group_exists(child) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not group_exists(child)


@pytest.mark.parametrize(
    "changes,words",
    [
        ({"arguments": ("/nowhere/program",)}, "there is no such program"),
        ({"arguments": ("/etc/passwd",)}, "Permission denied"),
    ],
)
def test_what_cannot_be_executed_is_told_in_words(tmp_path, changes, words):
    told = {"folder": tmp_path, "log": tmp_path / "log"} | changes
    with pytest.raises(ProgramFailedError, match=words):
        spawn(Command(**told))


def test_a_missing_folder_is_told_apart_from_a_missing_program(tmp_path):
    command = Command(arguments=("true",), folder=tmp_path / "gone", log=tmp_path / "log")
    with pytest.raises(ProgramFailedError, match="there is no such folder"):
        spawn(command)


def test_a_log_that_cannot_be_opened_is_told(tmp_path):
    command = Command(arguments=("true",), folder=tmp_path, log=tmp_path / "none" / "log")
    with pytest.raises(ProgramFailedError, match="cannot open the log"):
        spawn(command)
