"""The console as the stack runs it: its arguments, its files, and beside a real Prometheus."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from vedette import packs, stack
from vedette.discover import load
from vedette.model.component import Component, Launch
from vedette.model.pack import Pack
from vedette.model.plan import Login, Plan
from vedette.model.secret import Secret
from vedette.stack.console import COMPONENT

PACK = load(packs, "stack", constant="PACK", kind=Pack)


def _plan(folder: Path, **given: Any) -> Plan:
    rest: dict[str, Any] = {
        "name": "test",
        "home": folder,
        "state": folder / "state",
        "ports": {"prometheus": 9090, "alertmanager": 9093, "console": 9321},
        "components": ("prometheus", "alertmanager", "console"),
        "packs": {"stack": PACK},
        "thresholds": {threshold.name: threshold.default for threshold in PACK.thresholds},
    }
    return Plan(**{**rest, **given})


def _launch(plan: Plan, listen: str = "127.0.0.1:0") -> Launch:
    return Launch(plan=plan, config=plan.state / "config", data=plan.state, listen=listen)


def test_it_is_pointed_at_the_stack_s_programs_and_files(tmp_path):
    arguments = COMPONENT.arguments(_launch(_plan(tmp_path), "127.0.0.1:9321"))
    assert arguments[:5] == ("-m", "vedette", "console", "--listen", "127.0.0.1:9321")
    assert "http://127.0.0.1:9090" in arguments
    assert "http://127.0.0.1:9093" in arguments
    assert str(tmp_path / "state" / "config" / "dashboards") in arguments
    assert "--without-login" not in arguments


def test_without_an_alertmanager_it_is_not_told_of_one(tmp_path):
    plan = _plan(tmp_path, components=("prometheus", "console"))
    assert "--alertmanager" not in COMPONENT.arguments(_launch(plan))


def test_inside_a_container_it_may_listen_on_every_address(tmp_path):
    assert "--without-login" in COMPONENT.arguments(_launch(_plan(tmp_path), "0.0.0.0:9321"))


def test_a_password_is_in_a_file_and_not_in_the_arguments(tmp_path):
    login = Login(username="anna", password=Secret(text="secret-word"))
    plan = _plan(tmp_path, login=login)
    arguments = COMPONENT.arguments(_launch(plan))
    assert not [argument for argument in arguments if "secret-word" in argument]
    assert str(tmp_path / "state" / "config" / "password") in arguments
    assert COMPONENT.files(plan).get("password", "") == "secret-word\n"


def test_a_password_in_a_file_of_the_user_s_stays_there(tmp_path):
    file = tmp_path / "word"
    plan = _plan(tmp_path, login=Login(username="anna", password=Secret(file=file)))
    assert str(file) in COMPONENT.arguments(_launch(plan))
    assert "password" not in COMPONENT.files(plan)


def test_https_is_served_and_trusted_with_the_plan_s_certificate(tmp_path):
    certificate, key = tmp_path / "c.pem", tmp_path / "k.pem"
    login = Login(username="a", password=Secret(text="b"), tls_certificate=certificate, tls_key=key)
    arguments = COMPONENT.arguments(_launch(_plan(tmp_path, login=login)))
    assert ("--tls-certificate", str(certificate)) == arguments[-6:-4]
    assert ("--tls-key", str(key)) == arguments[-4:-2]
    assert ("--upstream-ca", str(certificate)) == arguments[-2:]


def test_its_files_are_the_dashboards_of_the_packs_and_the_runbooks(tmp_path):
    files = COMPONENT.files(_plan(tmp_path))
    boards = {json.loads(text)["uid"] for name, text in files.items() if name.startswith("dash")}
    assert boards == {board.uid for board in PACK.dashboards}
    runbooks = json.loads(files["runbooks.json"])
    assert set(runbooks) == {alert.name for alert in PACK.alerts}
    assert not [text for text in runbooks.values() if "@{" in text]


CONFIG = """\
global: {scrape_interval: 1s, evaluation_interval: 1s}
rule_files: [rules.yml]
scrape_configs:
  - job_name: prometheus
    static_configs: [{targets: ["127.0.0.1:%d"]}]
"""
RULES = """\
groups:
  - name: pulse
    rules: [{alert: Watchdog, expr: vector(1)}]
"""


@pytest.fixture
def real_prometheus(tmp_path, free_port) -> Iterator[int]:
    """The port of a real Prometheus that scrapes itself."""
    from vedette.supervisor.get import configured, obtain

    port = free_port()
    (tmp_path / "prometheus.yml").write_text(CONFIG % port)
    (tmp_path / "rules.yml").write_text(RULES)
    described = load(stack, "prometheus", constant="COMPONENT", kind=Component)
    program = described.programs[0]
    found = obtain([program], configured())[program.name]
    command = [
        str(found.path),
        f"--config.file={tmp_path / 'prometheus.yml'}",
        f"--storage.tsdb.path={tmp_path / 'data'}",
        f"--web.listen-address=127.0.0.1:{port}",
    ]
    with (
        (tmp_path / "log").open("w") as log,
        subprocess.Popen(command, cwd=found.root, stderr=log) as running,
    ):
        yield port
        running.terminate()


def _until(happened: Callable[[], bool], seconds: float = 40) -> None:
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.2)


@pytest.mark.stack
def test_beside_a_real_prometheus_it_shows_targets_alerts_and_panels_with_data(
    tmp_path, real_prometheus
):
    ports = {"prometheus": real_prometheus, "console": 0}
    plan = _plan(tmp_path, ports=ports, components=("prometheus", "console"))
    launch = _launch(plan)
    for name, text in COMPONENT.files(plan).items():
        path = launch.config / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    command = [sys.executable, *COMPONENT.arguments(launch)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        address = running.stdout.readline().split()[-1]
        try:
            with httpx.Client(base_url=address, trust_env=False, timeout=30) as console:
                _look(console)
        finally:
            running.terminate()


def _look(console: httpx.Client) -> None:
    assert console.get(COMPONENT.ready).status_code == 200
    assert console.post(COMPONENT.reload).status_code == 200

    def awake() -> bool:
        found = console.get("/api/overview").json()
        return bool(found.get("targets_up") == 1 and found["pulse"] == "beating")

    _until(awake)
    _until(lambda: _full(console) > 5)


def _full(console: httpx.Client) -> int:
    """Ask for every panel of the stack's dashboard; return how many queries have data."""
    uid = PACK.dashboards[0].uid
    board = console.get(f"/api/dashboards/{uid}").json()
    panels = [panel["id"] for section in board["sections"] for panel in section["panels"]]
    now = time.time()
    wanted: dict[str, Any] = {"start": now - 300, "end": now, "values": {}}
    for variable in console.post(f"/api/dashboards/{uid}/variables", json=wanted).json():
        wanted["values"][variable["name"]] = variable["values"]
    wanted["panels"] = [{"id": number} for number in panels]
    answer = console.post(f"/api/dashboards/{uid}/data", json=wanted)
    lines = [json.loads(line) for line in answer.text.splitlines()]
    assert [line["problem"] for line in lines if "problem" in line] == []
    return sum(bool(line["answer"]["data"]["result"]) for line in lines)
