"""Several processes of one service, as gunicorn starts them."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from vedette.sdk.workers import service_starts, worker_ended

APP = """
import os
from vedette.model.metric import Metric
from vedette.sdk.monitor import default_monitor
from vedette.sdk.rows import Cell, Rows
from vedette.sdk.wsgi import metrics_app

def metric(name, kind, **more):
    return Metric(name=name, kind=kind, help="Something.", **more)

monitor = default_monitor()
calls = metric("calls_total", "counter", labels=("path",))
seconds = metric("call_seconds", "histogram", buckets=(1.0, 2.0))
gauges = {how: metric(f"level_{how}", "gauge", workers=how)
          for how in ("sum", "max", "min", "mean", "mostrecent")}
build = metric("build_info", "info", labels=("commit",))
state = metric("state", "stateset", labels=("state",), values={"state": ("good", "bad")})
followed = metric("followed_level", "gauge", workers="max")
rows = Rows(monitor, ("path",), (Cell(metric=calls, value=1), Cell(metric=seconds, value="s")))
scrape = metrics_app(monitor)

def app(environ, start_response):
    path = environ["PATH_INFO"]
    if path == "/metrics":
        return scrape(environ, start_response)
    rows(path)(1.5)
    monitor.counter(calls, path=path).inc(0, exemplar={"trace_id": "a"})
    level = float(os.environ["AGE"])
    for gauge in gauges.values():
        monitor.gauge(gauge).set(level)
    monitor.gauge(gauges["mostrecent"]).inc(1)
    monitor.info(build).set(commit="old")
    monitor.info(build).set(commit="new")
    monitor.stateset(state).set("bad" if level > 1 else "good")
    monitor.gauge(followed).follow(lambda: 42)
    monitor.forget(calls, path="/never")
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [f"{os.getpid()} {level}".encode()]
"""
HOOKS = """
import os
from vedette.sdk.workers import service_starts, worker_ended

def on_starting(server):
    service_starts()

def post_fork(server, worker):
    os.environ["AGE"] = str(worker.age)

def child_exit(server, worker):
    worker_ended(worker.pid)
"""
PATIENCE = 30.0


class _Service:
    """gunicorn with two workers that take one connection after the other."""

    def __init__(self, folder: Path) -> None:
        (folder / "service.py").write_text(APP, encoding="utf-8")
        (folder / "hooks.py").write_text(HOOKS, encoding="utf-8")
        (folder / "shared").mkdir()
        (folder / "shared" / "counter_1.db").write_bytes(b"left by an earlier start")
        argv = (sys.executable, "-m", "gunicorn", "service:app", "--workers=2", "--bind")
        shared = {"PROMETHEUS_MULTIPROC_DIR": str(folder / "shared")}
        self._process = subprocess.Popen(
            [*argv, "127.0.0.1:0", "--config=hooks.py", "--no-control-socket"],
            cwd=folder,
            env={**os.environ, **shared},
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self._process.stderr is not None
        self.log = []
        for line in self._process.stderr:
            self.log.append(line)
            if "Listening at" in line:
                self.url = line.split("Listening at: ")[1].split()[0]
                break
        else:
            pytest.fail("".join(self.log))

    def ask(self, path: str) -> str:
        with urllib.request.urlopen(self.url + path, timeout=PATIENCE) as answer:
            return str(answer.read().decode())

    def samples(self):
        families = text_string_to_metric_families(self.ask("/metrics"))
        return {
            (one.name, *one.labels.values()): one.value for each in families for one in each.samples
        }

    def work(self) -> tuple[int, float]:
        """Ask for work; return which worker did it, and its level."""
        pid, level = self.ask("/work").split()
        return int(pid), float(level)

    def close(self):
        self._process.terminate()
        self._process.communicate(timeout=PATIENCE)


@pytest.fixture
def service(tmp_path):
    service = _Service(tmp_path)
    yield service
    service.close()


def test_a_scrape_tells_of_all_workers_also_of_one_that_was_killed(service):
    levels: dict[int, float] = {}
    count, last = 0, 0.0
    end = time.monotonic() + PATIENCE
    while len(levels) < 2 and time.monotonic() < end:
        pid, last = service.work()
        levels[pid] = last
        count += 1
    found = service.samples()
    assert sorted(levels.values()) == [1, 2]
    assert found["calls_total", "/work"] == found["call_seconds_count",] == count
    assert found["call_seconds_sum",] == 1.5 * count
    assert found["call_seconds_bucket", "2.0"] == count
    assert [found[f"level_{how}",] for how in ("sum", "max", "min", "mean", "mostrecent")] == [
        *(3, 2, 1, 1.5),
        last + 1,
    ]
    assert {key: found[key] for key in found if key[0] in {"build_info", "state"}} == {
        ("build_info", "new"): 1,
        ("state", "good"): 1,
        ("state", "bad"): 1,
    }
    assert found["followed_level",] == 42
    assert not [key for key in found if "lost" in key[0] and found[key]]

    gone, stays = sorted(levels, key=lambda pid: levels[pid])
    os.kill(gone, signal.SIGKILL)
    while found["level_sum",] != 2 and time.monotonic() < end:
        time.sleep(0.05)
        found = service.samples()
    assert [found[f"level_{how}",] for how in ("sum", "max", "min", "mean")] == [2, 2, 2, 2]
    assert found["calls_total", "/work"] == found["call_seconds_count",] == count
    assert stays in levels


def test_without_a_shared_folder_nothing_is_done(monkeypatch, caplog):
    monkeypatch.delenv("PROMETHEUS_MULTIPROC_DIR", raising=False)
    service_starts()
    worker_ended(1)
    assert caplog.text == ""


def test_a_start_removes_what_an_earlier_one_left_and_nothing_else(monkeypatch, tmp_path):
    folder = tmp_path / "made" / "shared"
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(folder))
    service_starts()
    (folder / "counter_7.db").touch()
    (folder / "notes.txt").touch()
    service_starts()
    assert [file.name for file in folder.iterdir()] == ["notes.txt"]


def test_the_gauges_of_a_worker_that_ended_go_and_its_counters_stay(monkeypatch, tmp_path):
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(tmp_path))
    for name in ("gauge_livesum_7.db", "gauge_liveall_7.db", "gauge_livesum_8.db", "counter_7.db"):
        (tmp_path / name).touch()
    worker_ended(7)
    worker_ended(7)
    assert {file.name for file in tmp_path.iterdir()} == {"gauge_livesum_8.db", "counter_7.db"}


def test_a_folder_that_cannot_be_cleared_is_said_and_ends_nothing(monkeypatch, tmp_path, caplog):
    (tmp_path / "file").touch()
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(tmp_path / "file" / "folder"))
    service_starts()
    worker_ended(7)
    assert "vedette could not clear" in caplog.text
