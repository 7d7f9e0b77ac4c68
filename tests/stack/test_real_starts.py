"""The real programs, of the oldest and the newest versions, with our files and arguments."""

import base64
import platform
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from vedette import stack
from vedette.discover import load
from vedette.model.component import Component, Launch
from vedette.model.plan import LoadTest, Login, Plan, Retention
from vedette.model.secret import Secret
from vedette.process.run import run
from vedette.supervisor.get import configured, obtain

pytestmark = [pytest.mark.stack, pytest.mark.timeout(300)]
CORE = ("alertmanager", "prometheus", "node_exporter", "blackbox_exporter")
LOGIN = Login(username="admin", password=Secret(text="geheim"))


def _suites() -> list[str]:
    if shutil.which("apt-get") is None:
        return [""]
    return ["", platform.freedesktop_os_release().get("VERSION_CODENAME", "")]


def _component(name: str) -> Component:
    return load(stack, name, constant="COMPONENT", kind=Component)


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@pytest.fixture
def plan(tmp_path) -> Plan:
    home = tmp_path / "hömé folder"
    scenario = home / "locustfile.py"
    home.mkdir()
    scenario.write_text(
        "from locust import HttpUser, task\n"
        "class Visitor(HttpUser):\n"
        "    @task\n"
        "    def look(self):\n"
        "        self.client.get('/')\n"
    )
    names = (*CORE, "locust")
    return Plan(
        name="test",
        home=home,
        state=home / ".vedette",
        ports={name: _free_port() for name in names},
        components=names,
        packs={},
        thresholds={},
        retention=Retention(time="2d", size="1GB"),
        load_test=LoadTest(locustfile=scenario, host="http://127.0.0.1:9", interface=True),
    )


def _launch(plan: Plan, name: str, suite: str = "") -> Launch:
    component = _component(name)
    config, data = plan.state / "config" / name, plan.state / "data" / name
    data.mkdir(parents=True)
    for file, text in component.files(plan).items():
        place = config / file
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    programs = obtain(component.programs, configured(suite=suite))
    listen = plan.address(name)
    return Launch(plan=plan, config=config, data=data, listen=listen, programs=programs)


@contextmanager
def _running(name: str, launch: Launch) -> Iterator[subprocess.Popen[bytes]]:
    component = _component(name)
    main = launch.programs[component.programs[0].name]
    log = launch.data.parent / f"{name}.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [main.path, *component.arguments(launch)],
            cwd=main.root or launch.data,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            yield process
        finally:
            process.terminate()
            assert process.wait(timeout=20) in {0, -15}, log.read_text()


def _status(url: str, process: subprocess.Popen[bytes], log: Path) -> int:
    """Return the first answer's status, waiting for one at most 30 s."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        assert process.poll() is None, log.read_text()
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            error.close()
            if error.code != 503:  # not ready yet
                return error.code
        except OSError:
            pass
        time.sleep(0.05)
    raise AssertionError(log.read_text())


@pytest.mark.parametrize("suite", _suites())
@pytest.mark.parametrize("name", CORE)
def test_a_program_takes_our_files_and_arguments_and_gets_ready(plan, name, suite):
    component = _component(name)
    launch = _launch(plan, name, suite)
    for command, *words in component.checks(launch):
        judge = launch.programs[command]
        verdict = run([judge.path, *words], timeout=30, cwd=judge.root)
        assert verdict.returncode == 0, verdict.stdout + verdict.stderr

    with _running(name, launch) as process:
        log = launch.data.parent / f"{name}.log"
        assert _status(f"{plan.url(name)}{component.ready}", process, log) == 200
        assert _status(f"{plan.url(name)}{component.metrics}", process, log) == 200


@pytest.mark.parametrize("suite", _suites())
@pytest.mark.parametrize("name", CORE)
def test_a_login_lets_its_owner_in_and_turns_a_stranger_away(plan, name, suite):
    guarded = replace(plan, login=LOGIN)
    launch = _launch(guarded, name, suite)

    with _running(name, launch) as process:
        log = launch.data.parent / f"{name}.log"
        assert _status(f"{guarded.url(name)}/metrics", process, log) == 401
        request = urllib.request.Request(f"{guarded.url(name)}/metrics")
        request.add_header("Authorization", "Basic " + base64.b64encode(b"admin:geheim").decode())
        with urllib.request.urlopen(request, timeout=5) as answer:
            assert answer.status == 200


@pytest.mark.parametrize("suite", _suites())
def test_two_prometheus_never_share_a_data_folder(plan, suite):
    launch = _launch(plan, "prometheus", suite)
    second = replace(launch, listen=f"127.0.0.1:{_free_port()}")

    with _running("prometheus", launch) as process:
        log = launch.data.parent / "prometheus.log"
        assert _status(f"{plan.url('prometheus')}/-/ready", process, log) == 200
        main = launch.programs["prometheus"]
        refused = run([main.path, *_component("prometheus").arguments(second)], timeout=30)

    assert refused.returncode == 1
    assert "lock" in refused.stderr


def test_locust_serves_its_page_where_the_plan_says(plan):
    launch = _launch(plan, "locust")

    with _running("locust", launch) as process:
        log = launch.data.parent / "locust.log"
        assert _status(f"{plan.url('locust')}/", process, log) == 200
