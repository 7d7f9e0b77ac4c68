"""Threads, signal handlers, `__del__` and forks: nothing waits for ever, nothing is lost."""

import dis
import gc
import signal
import subprocess
import sys
import threading
import time

import pytest

from vedette.model.metric import Metric
from vedette.sdk._cells import Cell, LockedCell
from vedette.sdk.rows import Cell as Write
from vedette.sdk.rows import Rows

CALLS = Metric(name="calls_total", kind="counter", help="Calls.", labels=("path",))
RUNNING = Metric(name="running", kind="gauge", help="Calls that run.")
SECONDS = Metric(name="call_seconds", kind="histogram", help="Time.", buckets=(1.0, 2.0))
CELLS = (Write(metric=CALLS, value=1), Write(metric=SECONDS, value="seconds"))
THREADS, TIMES = 8, 4_000


@pytest.fixture
def hasty():
    """Let threads change as often as the interpreter can."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def in_threads(work):
    threads = [threading.Thread(target=work, args=(number,)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.mark.usefixtures("hasty")
def test_threads_lose_nothing_of_one_series(monitor, samples):
    running = monitor.gauge(RUNNING)
    rows = Rows(monitor, ("path",), CELLS)

    def work(_):
        for number in range(TIMES):
            rows("/a")(number % 3)
            running.inc(2)
            running.dec()

    in_threads(work)
    found = samples(monitor)
    assert found["calls_total", "/a"] == found["call_seconds_count",] == THREADS * TIMES
    assert found["running",] == THREADS * TIMES
    assert found["call_seconds_sum",] == THREADS * sum(number % 3 for number in range(TIMES))


@pytest.mark.usefixtures("hasty")
def test_threads_that_meet_at_a_new_series_share_it(monitor, samples):
    calls = monitor.counter(CALLS)

    def work():
        for number in range(300):
            calls.labels(str(number)).inc()

    in_threads(lambda number: work() if number else [monitor.expose() for _ in range(20)])
    found = samples(monitor)
    assert {found["calls_total", str(number)] for number in range(300)} == {THREADS - 1}


def test_nothing_runs_between_the_load_and_the_store_of_a_number():
    names = [one.opname for one in dis.get_instructions(Cell.inc)]
    store = names.index("STORE_ATTR")
    load = max(at for at, name in enumerate(names[:store]) if name == "LOAD_ATTR")
    between = names[load:store]
    assert not [name for name in between if "CALL" in name or "JUMP" in name]


@pytest.mark.usefixtures("hasty")
def test_the_cell_for_interpreters_without_a_global_lock_loses_nothing_either():
    cell = LockedCell()

    def work(_):
        for _ in range(TIMES):
            cell.inc(1.0)

    in_threads(work)
    assert cell.get() == THREADS * TIMES


@pytest.fixture
def alarm():
    """Call a function by a signal, again and again, each time soon after it returned."""

    def start(handler):
        def handle(*_):
            handler()
            signal.setitimer(signal.ITIMER_REAL, 0.0003)

        signal.signal(signal.SIGALRM, handle)
        signal.setitimer(signal.ITIMER_REAL, 0.0003)

    before = signal.getsignal(signal.SIGALRM)
    yield start
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, before)


def test_a_signal_handler_records_while_the_program_records(monitor, samples, alarm):
    calls, seconds = monitor.counter(CALLS), monitor.histogram(SECONDS)
    bound = calls.labels("/same")
    interrupted = []

    def record(path):
        bound.inc()
        seconds.observe(1)
        calls.labels(path).inc()
        if path.endswith("50"):
            monitor.expose()

    def interrupt():
        interrupted.append(1)
        record(f"/signal/{len(interrupted) % 300}")

    alarm(interrupt)
    count, end = 0, time.monotonic() + 10
    while len(interrupted) < 200 and time.monotonic() < end:
        count += 1
        record(f"/loop/{count % 300}")
    signal.setitimer(signal.ITIMER_REAL, 0)
    found = samples(monitor)
    every = count + len(interrupted)
    assert len(interrupted) >= 200
    assert found["calls_total", "/same"] == found["call_seconds_count",] == every
    told = sum(value for key, value in found.items() if key[0] == "calls_total")
    # A new series that is asked for while another is being made is lost, and counted.
    assert told + found["vedette_lost_records_total", "calls_total"] == 2 * every


class _Dying:
    """Records when the collector finds it, which may be anywhere."""

    def __init__(self, record):
        self.record = record
        self.me = self

    def __del__(self):
        self.record()


def test_a_finaliser_records_wherever_the_collector_runs(monitor, samples):
    calls = monitor.counter(CALLS)
    died = []

    def record():
        died.append(1)
        calls.labels(f"/del/{len(died) % 90}").inc()

    before = gc.get_threshold()
    gc.set_threshold(1, 1, 1)
    try:
        for number in range(400):
            _Dying(record)
            calls.labels(f"/loop/{number % 400}").inc()
    finally:
        gc.set_threshold(*before)
    gc.collect()
    found = samples(monitor)
    every = sum(value for key, value in found.items() if key[0] == "calls_total")
    assert len(died) == 400
    assert every + found["vedette_lost_records_total", "calls_total"] == 800


FORKS = """
import os, signal, sys, threading, warnings
from vedette.model.metric import Metric
from vedette.sdk.monitor import default_monitor

warnings.simplefilter("ignore")
calls = Metric(name="calls_total", kind="counter", help="Calls.", labels=("path",))
monitor = default_monitor()
handle = monitor.counter(calls)
over = threading.Event()

def busy(name):
    number = 0
    while not over.is_set():
        number += 1
        handle.labels(f"/{name}/{number % 300}").inc()
        if not number % 100:
            monitor.expose()

threads = [threading.Thread(target=busy, args=(name,), daemon=True) for name in "ab"]
for thread in threads:
    thread.start()
failed = 0
for number in range(15):
    child = os.fork()
    if not child:
        signal.alarm(20)  # ends a child that waits for ever
        handle.labels("/child").inc()
        monitor.counter(calls, path=f"/new/{number}").inc()
        # Files that are shared still tell of the children before.
        count = number + 1 if "PROMETHEUS_MULTIPROC_DIR" in os.environ else 1
        told = f'calls_total{{path="/child"}} {count}.0'
        good = told.encode() in monitor.expose().body
        os._exit(0 if good else 3)
    failed += os.waitpid(child, 0)[1] != 0
over.set()
sys.exit(failed)
"""


SIGNALS = """
import signal, sys
from vedette.model.metric import Metric
from vedette.sdk.monitor import default_monitor

calls = Metric(name="calls_total", kind="counter", help="Calls.", labels=("path",))
handle = default_monitor().counter(calls)
same = handle.labels("/same")
interrupted = 0

def interrupt(*_):
    global interrupted
    interrupted += 1
    same.inc()
    handle.labels(f"/signal/{interrupted}").inc()
    signal.setitimer(signal.ITIMER_REAL, 0.0003)

signal.signal(signal.SIGALRM, interrupt)
signal.setitimer(signal.ITIMER_REAL, 0.0003)
count = 0
while interrupted < 100:
    count += 1
    same.inc()
    handle.labels(f"/loop/{count % 300}").inc()
signal.setitimer(signal.ITIMER_REAL, 0)
same.inc()
text = default_monitor().expose().body.decode()
print(text)
sys.exit(f'path="/same"}} {count + interrupted + 1}.0' not in text)
"""


def test_a_signal_handler_waits_for_no_lock_of_the_shared_files(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", SIGNALS],
        env={"PROMETHEUS_MULTIPROC_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("several", [False, True], ids=["alone", "shared files"])
def test_a_child_records_at_once_whatever_other_threads_did_at_the_fork(tmp_path, several):
    environment = {"PROMETHEUS_MULTIPROC_DIR": str(tmp_path)} if several else {}
    done = subprocess.run(
        [sys.executable, "-c", FORKS],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
