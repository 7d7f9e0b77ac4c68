import subprocess
import sys

import pytest

COUNT = """
from vedette.model.metric import Metric
from vedette.sdk.monitor import default_monitor
JOBS = Metric(name="jobs_total", kind="counter", help="Jobs.")
BUSY = Metric(name="busy_jobs", kind="gauge", help="Jobs.")
"""


def _run(code):
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("before", ["", "import prometheus_client"])
def test_children_share_with_their_parent_whether_the_client_is_loaded_or_not(before):
    told = _run(f"""
{before}
import os
from vedette.sdk.sharing import forget_the_dead, share
folder = share()
assert share() == folder
{COUNT}
monitor = default_monitor()
monitor.counter(JOBS).inc()
pid = os.fork()
if pid == 0:
    monitor.counter(JOBS).inc(2)
    monitor.gauge(BUSY).set(7)
    os._exit(0)
os.waitpid(pid, 0)
print(monitor.expose().body.decode())
forget_the_dead()
print("---")
print(monitor.expose().body.decode())
print(folder)
""")
    before_death, after_death = told.split("---")
    assert "jobs_total 3.0" in before_death
    assert "busy_jobs 7.0" in before_death
    assert "jobs_total 3.0" in after_death
    assert "busy_jobs 7.0" not in after_death


def test_the_folder_goes_with_the_process_that_made_it_and_not_with_a_worker():
    told = _run("""
import os, pathlib
from vedette.sdk.sharing import share
folder = share()
if os.fork() == 0:
    raise SystemExit
os.wait()
print(folder, folder.exists())
""")
    folder, existed = told.split()
    assert existed == "True"
    gone = f"import pathlib; assert not pathlib.Path({folder!r}).exists()"
    _run(gone)


def test_a_process_that_records_already_goes_on_and_says_so():
    told = _run(f"""
import logging, sys
logging.basicConfig(stream=sys.stdout)
{COUNT}
default_monitor().counter(JOBS).inc()
from vedette.sdk.sharing import share
share()
default_monitor().counter(JOBS).inc()
print(default_monitor().expose().body.decode())
""")
    assert "workers cannot share" in told
    assert "jobs_total 2.0" in told


def test_without_sharing_there_are_no_dead_to_forget():
    from vedette.sdk.sharing import forget_the_dead

    forget_the_dead()
