import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request

import pytest
from celery import Celery
from celery.contrib.testing.worker import start_worker

from vedette.integrations import celery
from vedette.integrations.celery import instrument, several_processes
from vedette.sdk.monitor import Monitor

TASKS = """
import os, signal, time
from celery import Celery
from vedette.integrations.celery import instrument

instrument(port=int(os.environ["METRICS_PORT"]))
app = Celery("shop", broker="filesystem://")
folder = os.environ["QUEUE"]
app.conf.update(
    broker_transport_options={
        "data_folder_in": folder, "data_folder_out": folder, "polling_interval": 0.02},
    task_ignore_result=True,
    worker_hijack_root_logger=False,
)

@app.task(name="add", shared=False)
def add(a, b):
    return a + b

@app.task(name="fail", shared=False)
def fail():
    raise ValueError

@app.task(name="die")
def die():
    os.kill(os.getpid(), signal.SIGKILL)
"""


def _add(a, b):
    return a + b


@pytest.fixture(scope="module")
def monitor():
    """One for all tests of one worker: each has tasks of its own."""
    return Monitor(isolated=True)


@pytest.fixture(scope="module")
def app(monitor):
    """An application with a broker in memory, watched until the tests are over."""
    app = Celery("shop", broker="memory://", backend="cache+memory://")
    app.conf.worker_hijack_root_logger = False
    app.conf.broker_transport_options = {"polling_interval": 0.02}

    for name in ("add", "late", "due", "eager"):
        app.task(_add, name=name, shared=False, lazy=False)

    @app.task(name="fail", shared=False)
    def fail():
        raise ValueError

    @app.task(name="again", shared=False, bind=True, max_retries=1)
    def again(self):
        if self.request.retries == 0:
            raise self.retry(countdown=0)

    instrument(app, monitor)
    instrument(app, monitor)
    yield app
    celery._watches.pop(id(app)).disconnect()


@pytest.fixture(scope="module")
def worker(app):
    """A real worker in a thread."""
    with start_worker(app, pool="solo", perform_ping_check=False, loglevel="ERROR"):
        yield


@pytest.fixture
def work(app, worker):
    """Send tasks by name, and wait for their ends."""
    del worker

    def run(*names, **options):
        results = [app.tasks[name].apply_async(arguments, **options) for name, *arguments in names]
        for result in results:
            result.get(timeout=20, propagate=False, disable_sync_subtasks=False)

    return run


def value(text, series):
    found = re.search(rf"^{re.escape(series)} (\S+)$", text, re.MULTILINE)
    return float(found[1]) if found else None


def test_tasks_are_counted_by_name_and_state_and_timed(work, monitor):
    work(("add", 1, 2), ("add", 3, 4), ("fail",), ("again",))
    text = monitor.expose().body.decode()
    assert value(text, 'tasks_total{state="success",task="add"}') == 2
    assert value(text, 'tasks_total{state="failure",task="fail"}') == 1
    assert value(text, 'tasks_total{state="retry",task="again"}') == 1
    assert value(text, 'tasks_total{state="success",task="again"}') == 1
    assert value(text, 'task_duration_seconds_count{task="add"}') == 2
    assert value(text, 'tasks_in_progress{task="add"}') == 0


def test_the_time_in_the_queue_is_that_between_sender_and_worker(work, monitor):
    work(("late", 1, 2), headers={"vedette_sent": time.time() - 100})
    work(("late", 1, 2))
    text = monitor.expose().body.decode()
    assert value(text, 'task_queue_wait_seconds_count{task="late"}') == 2
    waited = value(text, 'task_queue_wait_seconds_sum{task="late"}')
    assert waited is not None
    assert 100 <= waited < 130


def test_a_task_that_was_to_wait_is_not_said_to_stand_in_the_queue(work, monitor):
    work(("due", 1, 2), countdown=-1, headers={"vedette_sent": time.time() - 1000})
    waited = value(monitor.expose().body.decode(), 'task_queue_wait_seconds_sum{task="due"}')
    assert waited is not None
    assert waited < 30


def test_tasks_of_another_application_are_not_counted(app, monitor):
    other = Celery("other", broker="memory://", set_as_current=False)
    other.conf.task_always_eager = True

    @other.task(name="theirs", shared=False)
    def theirs():
        """Do nothing."""

    theirs.delay()
    app.tasks["eager"].apply((1, 2))
    text = monitor.expose().body.decode()
    assert "theirs" not in text
    assert value(text, 'tasks_total{state="success",task="eager"}') == 1


@pytest.mark.parametrize(
    "words,forks",
    [
        ("-A shop worker", True),
        ("-A shop worker -c 4 --pool prefork", True),
        ("-A shop worker -P solo", False),
        ("-A shop worker --pool=threads", False),
        ("-A shop beat", False),
        ("", False),
    ],
)
def test_only_a_worker_that_forks_has_several_processes(words, forks):
    assert several_processes(words.split()) is forks


@pytest.fixture
def prefork(tmp_path):
    """A real worker of two processes, and a way to send it tasks and to scrape it."""
    (tmp_path / "queue").mkdir()
    (tmp_path / "shop.py").write_text(TASKS)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = {
        **os.environ,
        "QUEUE": str(tmp_path / "queue"),
        "METRICS_PORT": str(port),
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
    }
    words = ("-A", "shop", "worker", "-P", "prefork", "-c", "2", "--loglevel", "ERROR")
    worker = subprocess.Popen(
        [sys.executable, "-m", "celery", *words, "--without-gossip", "--without-mingle"],
        cwd=tmp_path,
        env={**environment, "C_FORCE_ROOT": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )

    def send(*names):
        code = "import shop\n" + "\n".join(
            f"shop.app.send_task({name!r}, {args!r})" for name, args in names
        )
        subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=environment, check=True)

    def scrape():
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=5) as answer:
                return answer.read().decode()
        except OSError:
            assert worker.poll() is None, worker.communicate()[0]
            return ""

    yield send, scrape
    worker.send_signal(signal.SIGQUIT)
    worker.communicate(timeout=30)


def test_the_processes_of_a_prefork_worker_are_told_together_and_a_killed_one_is_noticed(prefork):
    send, scrape = prefork
    send(*[("add", (1, 2))] * 20, ("fail", ()), ("die", ()))
    end = time.monotonic() + 60
    text = ""
    while time.monotonic() < end:
        text = scrape()
        if (
            value(text, 'tasks_total{state="success",task="add"}') == 20
            and value(text, 'tasks_total{state="failure",task="die"}') == 1
            and value(text, 'tasks_total{state="failure",task="fail"}') == 1
        ):
            break
        time.sleep(0.2)
    assert value(text, 'tasks_total{state="success",task="add"}') == 20, text
    assert value(text, 'tasks_total{state="failure",task="die"}') == 1, text
    assert value(text, 'task_queue_wait_seconds_count{task="add"}') == 20
    while value(text, 'tasks_in_progress{task="die"}') not in {None, 0.0}:
        assert time.monotonic() < end, text
        time.sleep(0.2)
        text = scrape()
