"""Short scripts beside the real programs: what they recorded is in Prometheus when it counts."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from pathlib import Path

import pytest

pytestmark = [pytest.mark.stack, pytest.mark.timeout(300)]
PLAN = 'name: jobs\nreceivers: {team: [{webhook: "http://127.0.0.1:9/nobody"}]}\n'
DEADLINE = 60.0
SCRIPT = """
import sys, time
began = time.perf_counter()
import vedette
from vedette.model.metric import Metric
from vedette.sdk.monitor import default_monitor

ROWS = Metric(name="rows_total", kind="counter", help="Rows.")
with vedette.job("nightly") as job:
    job.monitor.counter(ROWS).inc(7)
    time.sleep(0.2)
    before = time.perf_counter()
print(time.perf_counter() - before, time.perf_counter() - began)
"""


def vedette(folder, *words):
    command = [sys.executable, "-m", "vedette", *words]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def script(folder, name):
    """Run a job; return how long its end took, and all of it, in seconds."""
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT.replace("nightly", name)],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    end, whole = map(float, done.stdout.split())
    return end, whole


@pytest.fixture(scope="module")
def stack(tmp_path_factory):
    """The folder of a running stack."""
    folder: Path = tmp_path_factory.mktemp("jobs")
    (folder / "vedette.yaml").write_text(PLAN)
    started = vedette(folder, "up", "--detach", "--port", "auto", "--without", "node_exporter")
    assert started.returncode == 0, started.stderr
    yield folder
    vedette(folder, "down")


def programs(folder):
    told = json.loads(vedette(folder, "status", "--format", "json").stdout)
    return {row["name"]: row for row in told["programs"]}


def query(folder, expr):
    url = programs(folder)["prometheus"]["url"]
    asked = urllib.parse.urlencode({"query": expr})
    with urllib.request.urlopen(f"{url}/api/v1/query?{asked}", timeout=20) as answer:
        return json.load(answer)["data"]["result"]


def wait_for(folder, expr, value):
    """Wait until an expression has a value; return its labels."""
    deadline = time.monotonic() + DEADLINE
    while True:
        found = query(folder, expr)
        if found and float(found[0]["value"][1]) == value:
            return found[0]["metric"]
        assert time.monotonic() < deadline, found
        time.sleep(0.5)


def test_a_short_script_is_in_prometheus_and_its_end_waited_little(stack):
    end, whole = script(stack, "nightly")
    assert end < 2
    assert whole < 3
    labels = wait_for(stack, 'rows_total{module="nightly"}', 7)
    assert labels == {"__name__": "rows_total", "job": "nightly", "module": "nightly"}
    # From nothing to 7 is a rise by 7, though the series was never seen before.
    seen = 'rows_total{module="nightly"}[5m]'
    wait_for(stack, f"max_over_time({seen}) - min_over_time({seen})", 7)
    wait_for(stack, 'vedette_job_runs_total{module="nightly",status="success"}', 1)


def test_jobs_run_while_the_console_is_killed_again_and_again_and_none_is_lost(stack):
    for _ in range(4):
        os.kill(programs(stack)["console"]["pid"], signal.SIGKILL)
        script(stack, "stubborn")
        script(stack, "stubborn")
    wait_for(stack, 'rows_total{module="stubborn"}', 8 * 7)


def test_what_was_handed_over_survives_a_restart_of_the_stack(stack):
    script(stack, "lasting")
    assert vedette(stack, "restart").returncode == 0
    script(stack, "lasting")
    wait_for(stack, 'rows_total{module="lasting"}', 2 * 7)


def test_a_failed_job_is_an_alert_until_it_succeeds(stack):
    failing = SCRIPT.replace("time.sleep(0.2)", "sys.exit(1)").replace("nightly", "weekly")
    subprocess.run([sys.executable, "-c", failing], cwd=stack, check=False)
    firing = 'count(ALERTS{alertname="JobFailed",alertstate="firing",module="weekly"})'
    wait_for(stack, firing, 1)
    calm = SCRIPT.replace("nightly", "weekly")
    subprocess.run([sys.executable, "-c", calm], cwd=stack, check=True, stdout=subprocess.DEVNULL)
    wait_for(stack, f"absent({firing})", 1)


def test_a_mark_of_the_command_line_is_in_prometheus_at_its_own_time(stack):
    done = vedette(stack, "mark", "incident", "it broke", "--at", "90s", "--format", "json")
    told = json.loads(done.stdout)
    assert told["taken"]
    labels = wait_for(
        stack, f'round(vedette_mark_timestamp_seconds{{id="{told["id"]}"}})', round(told["at"])
    )
    assert (labels["kind"], labels["text"]) == ("incident", "it broke")
    assert "it broke" in vedette(stack, "mark", "list").stdout
