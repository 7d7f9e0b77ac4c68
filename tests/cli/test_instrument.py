import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from click.testing import CliRunner

from vedette.cli._group import group

FASTAPI = """
import os
from fastapi import FastAPI

app = FastAPI()

@app.get("/items/{item}")
def item(item: int) -> int:
    return os.getpid()
"""
FLASK = """
import os
from flask import Flask

app = Flask("shop")

@app.get("/items/<int:item>")
def item(item):
    return str(os.getpid())
"""
LOGS = """
import logging, sys
logging.getLogger("shop").error("no such item")
print("up", flush=True)
sys.stdin.read()
sys.exit(7)
"""


@pytest.fixture
def start(tmp_path):
    """Start programs by `vedette instrument`; what goes on after the test is ended."""
    running = []

    def run(*words, **more):
        path = os.pathsep.join(path for path in sys.path if path)
        program = subprocess.Popen(
            [sys.executable, "-m", "vedette", "instrument", *words],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": path, "TMPDIR": str(tmp_path), **more},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        running.append(program)
        return program

    yield run
    for program in running:
        if program.poll() is None:
            program.terminate()
        program.communicate(timeout=30)


@pytest.fixture
def port():
    """A port that is free."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


def get(url, program):
    """Return what is answered; waits for the start."""
    end = time.monotonic() + 60
    while True:
        try:
            with urllib.request.urlopen(url, timeout=10) as answer:
                return answer.read().decode()
        except (urllib.error.URLError, ConnectionError):
            assert program.poll() is None, program.communicate()
            assert time.monotonic() < end
            time.sleep(0.05)


def told(program):
    """The address that a program says its metrics are at."""
    for line in program.stderr:
        if found := re.search(r"vedette: metrics at (\S+)", line):
            return found[1]
    raise AssertionError


def counted(text):
    pattern = r'^http_requests_total\{endpoint="(/items.*?)".*\} (\S+)$'
    return {endpoint: float(n) for endpoint, n in re.findall(pattern, text, re.MULTILINE)}


def test_a_program_without_a_page_gets_a_port_and_says_it(start, tmp_path):
    (tmp_path / "app.py").write_text(LOGS)
    program = start(sys.executable, "app.py")
    assert program.stdout.readline() == "up\n"
    text = get(told(program), program)
    assert 'log_messages_total{level="ERROR",logger="shop"} 1.0' in text


def test_the_exit_code_is_that_of_the_program(start, tmp_path):
    (tmp_path / "app.py").write_text(LOGS)
    program = start(sys.executable, "app.py")
    program.communicate("", timeout=30)
    assert program.returncode == 7


def test_a_signal_reaches_the_program_itself(start, tmp_path):
    (tmp_path / "app.py").write_text(LOGS)
    program = start(sys.executable, "app.py")
    assert program.stdout.readline() == "up\n"
    program.send_signal(signal.SIGKILL)
    assert program.wait(timeout=30) == -signal.SIGKILL


def test_a_chosen_port_serves_whatever_the_program_uses_and_a_taken_one_harms_nobody(
    start, port, tmp_path
):
    (tmp_path / "app.py").write_text("print('up', flush=True); input()")
    first = start("--port", str(port), sys.executable, "app.py")
    assert "# HELP" in get(f"http://127.0.0.1:{port}/metrics", first)
    second = start("--port", str(port), sys.executable, "app.py")
    output, errors = second.communicate("\n", timeout=30)
    assert (output, second.returncode) == ("up\n", 0)
    assert f"port {port} on 127.0.0.1 is taken" in errors


def test_a_web_application_serves_its_own_page_and_no_other(start, port, tmp_path):
    (tmp_path / "shop.py").write_text(FASTAPI)
    words = ("-m", "uvicorn", "shop:app", "--port", str(port), "--log-level", "error")
    program = start(sys.executable, *words)
    get(f"http://127.0.0.1:{port}/items/7", program)
    assert counted(get(f"http://127.0.0.1:{port}/metrics", program)) == {"/items/{item}": 1}
    program.send_signal(signal.SIGTERM)
    assert "metrics at" not in program.communicate(timeout=30)[1]


@pytest.mark.parametrize(
    "program,words",
    [
        (FASTAPI, "-m uvicorn shop:app --workers 2 --log-level error --port"),
        (FLASK, "-m gunicorn shop:app --workers 2 --log-level error --bind 127.0.0.1:"),
    ],
    ids=["uvicorn", "gunicorn"],
)
def test_the_workers_of_a_server_are_told_together_without_a_line_of_code(
    start, port, tmp_path, program, words
):
    (tmp_path / "shop.py").write_text(program)
    line = f"{words}{port}" if words.endswith(":") else f"{words} {port}"
    server = start(sys.executable, *line.split())
    seen: list[str] = []
    end = time.monotonic() + 60
    while len(set(seen)) < 2 and time.monotonic() < end:
        seen.append(get(f"http://127.0.0.1:{port}/items/7", server))
    assert len(set(seen)) == 2
    while list(counted(get(f"http://127.0.0.1:{port}/metrics", server)).values()) != [len(seen)]:
        assert time.monotonic() < end  # the last one was answered a moment before it is counted
        time.sleep(0.05)
    server.terminate()
    server.communicate(timeout=30)
    assert list(tmp_path.glob("vedette-workers-*")) == []


def test_processes_that_a_program_starts_are_told_with_it_when_that_is_asked_for(start, tmp_path):
    (tmp_path / "app.py").write_text(
        "import logging, multiprocessing\n"
        "def work():\n    logging.getLogger('child').error('x')\n"
        "if __name__ == '__main__':\n"
        "    child = multiprocessing.get_context('spawn').Process(target=work)\n"
        "    child.start(); child.join()\n"
        "    logging.getLogger('parent').error('x')\n"
        "    print('up', flush=True); input()\n"
    )
    program = start("--processes", sys.executable, "app.py")
    assert program.stdout.readline() == "up\n"
    text = get(told(program), program)
    assert 'log_messages_total{level="ERROR",logger="child"} 1.0' in text
    assert 'log_messages_total{level="ERROR",logger="parent"} 1.0' in text


def test_what_a_shell_script_starts_is_watched_and_that_is_said(start, tmp_path):
    (tmp_path / "app.py").write_text(LOGS)
    (tmp_path / "run.sh").write_text(f"#!/bin/sh\nexec {sys.executable} app.py\n")
    (tmp_path / "run.sh").chmod(0o755)
    program = start("./run.sh")
    assert "./run.sh is not a Python program" in program.stderr.readline()
    assert "log_messages_total" in get(told(program), program)


def test_what_is_left_out_is_not_watched(start, tmp_path):
    (tmp_path / "app.py").write_text("import logging, sys; print('vedette' in sys.modules)")
    program = start("--no", "logging", sys.executable, "app.py")
    assert program.communicate(timeout=30)[0] == "False\n"


@pytest.mark.parametrize(
    "words,code,said",
    [
        (["vedette-nonsense"], 127, "no such program"),
        (["./app.py"], 126, "not executable"),
        (["--no", "flusk", sys.executable], 2, "no integration 'flusk'"),
        ([sys.executable, "-I", "app.py"], 2, "ignores the environment"),
        ([], 2, "Missing argument"),
        (["--port", "70000", "true"], 2, "70000"),
    ],
)
def test_what_cannot_be_run_is_said_with_a_code_of_its_own(start, tmp_path, words, code, said):
    (tmp_path / "app.py").write_text("")
    program = start(*words)
    errors = program.communicate(timeout=30)[1]
    assert program.returncode == code
    assert said in errors
    assert "Traceback" not in errors


def test_the_list_shows_what_can_be_watched():
    result = CliRunner().invoke(group, ["instrument", "--list"])
    assert re.search(r"^flask +Requests by URL rule", result.output, re.MULTILINE)
    shown = json.loads(
        CliRunner().invoke(group, ["instrument", "--list", "--format", "json"]).output
    )
    rows = {row["name"]: row for row in shown["integrations"]}
    assert rows["celery"]["installed"]
    assert not rows["asgi"]["automatic"]
    assert {path.stem for path in Path("src/vedette/integrations").glob("[a-z]*.py")} <= set(rows)
