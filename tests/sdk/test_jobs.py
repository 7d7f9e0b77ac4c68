"""Real scripts that end, in front of a real console, a hanging one, and none."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import uvicorn

import vedette
from vedette.console import spool
from vedette.console.app import create
from vedette.console.config import Config
from vedette.console.handed import Handed
from vedette.console.serve import bind
from vedette.errors import DeclarationError
from vedette.model.metric import Metric
from vedette.sdk import handover_place
from vedette.sdk.monitor import Monitor

ROWS = Metric(name="rows_total", kind="counter", help="Rows.")
LOSS = Metric(name="loss", kind="gauge", help="Loss.")
# What every script begins with; then it says what it does.
HEAD = """
import os, signal, sys, time
import vedette
from vedette.model.metric import Metric
from vedette.sdk.monitor import default_monitor
ROWS = default_monitor().counter(Metric(name="rows_total", kind="counter", help="Rows."))
"""
FAILED, SUCCEEDED = 'status="failed"', 'status="success"'


@pytest.fixture
def home(tmp_path: Path, monkeypatch) -> Path:
    """Where the jobs run: beside the state folder of a stack that may run or not."""
    state = tmp_path / ".vedette"
    state.mkdir()
    (state / "version").write_text("1\n")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "user"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


class Stack:
    """A console that takes what is handed over, on a port of its own."""

    def __init__(self, home: Path, **changed: Any) -> None:
        config = Config(prometheus="http://127.0.0.1:1", state=home / ".vedette", **changed)
        app = create(config)
        self.handed: Handed = app.state.services.handed
        listener = bind("127.0.0.1:0")
        self.url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        self.handed.announce(self.url, "")
        settings = uvicorn.Config(app, log_level="critical", ws="none", lifespan="on")
        self._server = uvicorn.Server(settings)
        self._thread = threading.Thread(target=self._server.run, args=([listener],))
        self._thread.start()

    def exposed(self) -> str:
        """Everything that Prometheus would read."""
        return self.handed.expose(scraped=False).text

    def value(self, name: str, *inside: str) -> float | None:
        """Return the value of the series that has these labels in its text."""
        for line in self.exposed().splitlines():
            if line.startswith(f"{name}{{") and all(part in line for part in inside):
                return float(line.rpartition(" ")[2])
        return None

    def stop(self) -> None:
        """End it."""
        self._server.should_exit = True
        self._thread.join()


@pytest.fixture
def start(home) -> Iterator[Callable[..., Stack]]:
    running: list[Stack] = []

    def _start(**changed: Any) -> Stack:
        running.append(Stack(home, **changed))
        return running[-1]

    yield _start
    for stack in running:
        stack.stop()


@pytest.fixture
def stack(start) -> Stack:
    return start()  # type: ignore[no-any-return]


def begun(code: str, home: Path, **environment: str) -> "subprocess.Popen[str]":
    text = HEAD + textwrap.dedent(code)
    return subprocess.Popen(
        [sys.executable, "-c", text],
        cwd=home,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run(code: str, home: Path, **environment: str) -> SimpleNamespace:
    started = time.monotonic()
    process = begun(code, home, **environment)
    out, err = process.communicate(timeout=60)
    seconds = time.monotonic() - started
    return SimpleNamespace(code=process.returncode, out=out, err=err, seconds=seconds)


def kept(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(path.read_text()) for path in sorted(folder.glob("*.json"))]


JOB = """
with vedette.job("nightly"):
    ROWS.inc(3)
"""


def test_what_a_script_recorded_is_with_the_stack_when_it_has_ended(stack, home):
    done = run(JOB, home)
    assert (done.code, done.out, done.err) == (0, "", "")
    assert stack.value("rows_total", 'module="nightly"', 'job="nightly"') == 3
    assert stack.value("vedette_job_runs_total", SUCCEEDED) == 1
    assert kept(home / ".vedette" / "spool") == []


def test_runs_add_up_and_two_at_once_do_not_disturb_each_other(stack, home):
    both = [begun(JOB, home) for _ in range(2)]
    for process in both:
        process.communicate(timeout=60)
    assert stack.value("rows_total") == 6
    assert stack.value("vedette_job_runs_total", SUCCEEDED) == 2


@pytest.mark.parametrize(
    "end,code,status",
    [
        ("raise ValueError('x')", 1, FAILED),
        ("sys.exit(3)", 3, FAILED),
        ("sys.exit()", 0, SUCCEEDED),
        ("os.kill(os.getpid(), signal.SIGTERM); time.sleep(60)", 143, FAILED),
        ("os.kill(os.getpid(), signal.SIGINT); time.sleep(60)", -signal.SIGINT, FAILED),
    ],
    ids=["exception", "exit with a code", "exit", "SIGTERM", "Ctrl-C"],
)
def test_however_a_job_ends_nothing_is_lost_and_it_ends_so(stack, home, end, code, status):
    done = run(f'with vedette.job("nightly"):\n    ROWS.inc(3)\n    {end}', home)
    assert done.code == code
    assert stack.value("rows_total") == 3
    assert stack.value("vedette_job_runs_total", status) == 1
    assert stack.value("vedette_job_last_run_failed") == float(status == FAILED)


def test_a_job_that_is_killed_keeps_what_it_had_handed_over(stack, home):
    code = """
    with vedette.job("nightly"):
        ROWS.inc(3)
        time.sleep(60)
    """
    process = begun(code, home, VEDETTE_HANDOVER_EVERY="0.05")
    while stack.value("rows_total") != 3:
        time.sleep(0.02)
    process.kill()
    process.communicate(timeout=60)
    assert stack.value("vedette_job_runs_total", SUCCEEDED) is None


def test_a_long_job_hands_over_again_and_counts_once(stack, home):
    code = """
    with vedette.job("nightly"):
        for _ in range(5):
            ROWS.inc()
            time.sleep(0.1)
    """
    assert run(code, home, VEDETTE_HANDOVER_EVERY="0.05").code == 0
    assert stack.value("rows_total") == 5
    assert stack.value("vedette_job_runs_total", SUCCEEDED) == 1


def test_without_a_stack_it_is_kept_and_taken_once_one_runs(home, start):
    done = run(JOB, home)
    assert done.code == 0
    (message,) = kept(home / ".vedette" / "spool")
    assert message["job"] == "nightly"
    stack = start()
    while stack.value("rows_total") is None:
        time.sleep(0.02)
    assert stack.value("rows_total") == 3
    while kept(home / ".vedette" / "spool"):
        time.sleep(0.02)


def test_a_stack_that_was_killed_finds_it_when_it_comes_back(home, start):
    start().stop()
    done = run(JOB, home)
    assert done.code == 0
    assert "Connection refused" in done.err
    assert len(kept(home / ".vedette" / "spool")) == 1
    assert spool.drain(start().handed, [home / ".vedette" / "spool"]) in {0, 1}


def test_a_console_that_hangs_holds_nobody_longer_than_the_setting_says(home):
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        address = {"url": f"http://127.0.0.1:{deaf.getsockname()[1]}", "token": "t"}
        (home / ".vedette" / "handover.json").write_text(json.dumps(address))
        quick = run(JOB, home, VEDETTE_HANDOVER_SECONDS="0")
        done = run(JOB, home, VEDETTE_HANDOVER_SECONDS="1")
    assert done.code == quick.code == 0
    assert 1 <= done.seconds < quick.seconds + 2.5
    assert "did not answer in time" in done.err
    assert len(kept(home / ".vedette" / "spool")) == 2


def test_a_wrong_token_is_told_and_nothing_is_lost(stack, home):
    address = {"url": stack.url, "token": "wrong"}
    (home / ".vedette" / "handover.json").write_text(json.dumps(address))
    done = run(JOB, home)
    assert done.code == 0
    assert "answered 401" in done.err
    while stack.value("rows_total") is None:  # the stack finds the file
        time.sleep(0.02)
    assert stack.value("rows_total") == 3


def test_a_spool_that_cannot_be_written_is_replaced_by_the_users(home):
    (home / ".vedette" / "spool").write_text("in the way")
    assert run(JOB, home).code == 0
    assert len(kept(home / "user" / "vedette" / "spool")) == 1


def test_where_nothing_can_be_written_the_job_ends_well_and_says_what_was_lost(home):
    (home / ".vedette" / "spool").write_text("in the way")
    (home / "user").write_text("in the way")
    done = run(JOB, home)
    assert done.code == 0
    assert "vedette lost what was handed over" in done.err


def test_a_stack_that_takes_it_needs_no_spool(stack, home):
    (home / ".vedette" / "spool").write_text("in the way")
    (home / "user").write_text("in the way")
    assert run(JOB, home).err == ""
    assert stack.value("rows_total") == 3


def test_a_child_of_the_job_hands_over_nothing(stack, home):
    code = """
    with vedette.job("nightly"):
        ROWS.inc(3)
        child = os.fork()
        if child:
            os.waitpid(child, 0)
        else:
            ROWS.inc(100)
    """
    assert run(code, home).code == 0
    assert stack.value("rows_total") == 3
    assert stack.value("vedette_job_runs_total", SUCCEEDED) == 1


def test_a_child_of_the_job_dies_of_sigterm_as_it_always_did(home):
    code = """
    with vedette.job("nightly"):
        child = os.fork()
        if not child:
            os.kill(os.getpid(), signal.SIGTERM)
            time.sleep(60)
        print(os.WTERMSIG(os.waitpid(child, 0)[1]))
    """
    assert run(code, home).out.strip() == str(int(signal.SIGTERM))


def test_a_job_that_nobody_closes_failed_and_is_handed_over(stack, home):
    assert run('vedette.job("nightly").start()\nROWS.inc(3)', home).code == 0
    assert stack.value("rows_total") == 3
    assert stack.value("vedette_job_runs_total", FAILED) == 1


def test_after_a_job_sigterm_ends_the_program_as_before(home):
    done = run(JOB + "os.kill(os.getpid(), signal.SIGTERM)", home)
    assert done.code == -signal.SIGTERM


def test_a_job_that_goes_elsewhere_hands_over_to_the_stack_of_where_it_began(stack, home):
    code = """
    gone = os.path.join(os.getcwd(), "gone")
    os.mkdir(gone)
    with vedette.job("nightly"):
        ROWS.inc(3)
        os.chdir(gone)
        os.rmdir(gone)
    """
    assert run(code, home).err == ""
    assert stack.value("rows_total") == 3


def test_a_job_in_a_folder_that_is_gone_ends_well(home):
    code = """
    os.mkdir("gone")
    os.chdir("gone")
    os.rmdir(os.getcwd())
    with vedette.job("nightly"):
        ROWS.inc(3)
    """
    assert run(code, home).code == 0
    assert len(kept(home / "user" / "vedette" / "spool")) == 1


def test_a_broken_setting_breaks_no_job(stack, home):
    done = run(JOB, home, VEDETTE_NONSENSE="1")
    assert done.code == 0
    assert "default settings" in done.err
    assert stack.value("rows_total") == 3


def test_the_setting_names_the_stack_from_anywhere(stack, home, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    assert run(JOB, elsewhere, VEDETTE_STACK=str(home / ".vedette")).err == ""
    assert run(JOB, elsewhere, VEDETTE_STACK=stack.url).err == ""
    assert stack.value("rows_total") == 6


@pytest.fixture
def monitor() -> Monitor:
    return Monitor(isolated=True)


def test_a_second_run_in_one_process_counts_only_what_is_its_own(stack, monitor):
    rows, loss = monitor.counter(ROWS), monitor.gauge(LOSS)
    for amount in (3, 4):
        with vedette.job("nightly", monitor=monitor):
            rows.inc(amount)
            loss.set(amount / 10)
    assert stack.value("rows_total") == 7
    assert stack.value("loss") == 0.4


def test_what_was_recorded_before_a_job_is_not_of_the_job(stack, monitor):
    monitor.counter(ROWS).inc(100)
    with vedette.job("nightly", monitor=monitor):
        pass
    assert stack.value("rows_total") is None


def test_two_jobs_on_one_monitor_count_its_values_once(stack, monitor, caplog):
    with vedette.job("outer", monitor=monitor), vedette.job("inner", monitor=monitor):
        monitor.counter(ROWS).inc(3)
    assert stack.value("rows_total", 'module="outer"') == 3
    assert stack.value("rows_total", 'module="inner"') is None
    assert stack.value("vedette_job_runs_total", 'module="inner"', SUCCEEDED) == 1
    assert "another job runs on its monitor" in caplog.text


def test_a_function_is_a_job_each_time_it_is_called(stack, monitor):
    @vedette.job("nightly", monitor=monitor)
    def work(amount: int) -> int:
        monitor.counter(ROWS).inc(amount)
        return amount

    assert [work(1), work(2)] == [1, 2]
    assert work.__name__ == "work"
    assert stack.value("vedette_job_runs_total", SUCCEEDED) == 2
    assert stack.value("rows_total") == 3


def test_an_async_function_is_a_job_too(stack, monitor):
    @vedette.job("nightly", monitor=monitor)
    async def work() -> None:
        monitor.counter(ROWS).inc()
        await asyncio.sleep(0)
        raise KeyError

    with pytest.raises(KeyError):
        asyncio.run(work())
    assert stack.value("vedette_job_runs_total", FAILED) == 1
    assert stack.value("rows_total") == 1


def test_a_notebook_starts_and_closes(stack, monitor):
    job = vedette.job("nightly", monitor=monitor).start()
    monitor.counter(ROWS).inc()
    job.close()
    job.close()
    assert stack.value("vedette_job_runs_total", SUCCEEDED) == 1
    assert stack.value("rows_total") == 1


def test_starting_twice_is_one_run(stack, monitor, caplog):
    job = vedette.job("nightly", monitor=monitor).start().start()
    job.close()
    assert "runs already" in caplog.text
    assert stack.value("vedette_job_runs_total", SUCCEEDED) == 1


def test_labels_of_a_job_are_those_of_all_its_values(stack, monitor):
    with vedette.job("nightly", monitor=monitor, region="eu", shard=3):
        monitor.counter(ROWS).inc()
    assert stack.value("rows_total", 'region="eu"', 'shard="3"') == 1
    assert stack.value("vedette_job_runs_total", 'region="eu"', SUCCEEDED) == 1


@pytest.mark.parametrize("name", ["", "  ", "x" * 101, None])
def test_a_job_without_a_name_is_refused_where_it_is_declared(name):
    with pytest.raises(DeclarationError, match="not the name of a job"):
        vedette.job(name)


@pytest.mark.parametrize("label", ["module", "instance", "__name__"])
def test_a_label_of_the_stacks_own_is_refused(label):
    with pytest.raises(DeclarationError, match=label):
        vedette.job("nightly", **{label: "x"})  # type: ignore[arg-type]  # a label, not the monitor


def test_a_monitor_that_is_broken_breaks_no_job(home, monkeypatch, caplog, monitor):
    del home

    def broken(*_: object) -> None:
        message = "broken"
        raise OSError(message)

    monkeypatch.setattr(monitor, "expose", broken)
    with vedette.job("nightly", monitor=monitor):
        pass
    assert "cannot watch the job 'nightly': broken" in caplog.text


def test_more_than_the_console_takes_at_once_goes_through_the_file(stack, home, monitor):
    wide = Metric(name="wide_total", kind="counter", help="h", labels=("of",))
    with vedette.job("nightly", monitor=monitor):
        for at in range(900):
            monitor.counter(wide, of=f"{at:01000}").inc()
    folder = home / ".vedette" / "spool"
    while kept(folder):
        time.sleep(0.02)
    assert stack.exposed().count("\nwide_total{") == 900


def test_the_users_folder_is_that_of_the_platform(home, monkeypatch):
    if sys.platform != "darwin":
        assert handover_place.user_folder() == home / "user" / "vedette"
        monkeypatch.delenv("XDG_STATE_HOME")
        monkeypatch.setenv("HOME", str(home))
        assert handover_place.user_folder() == home / ".local" / "state" / "vedette"
