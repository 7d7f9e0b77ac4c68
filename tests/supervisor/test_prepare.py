"""From a plan file to a specification, with the programs that are in the cache."""

import json
import socket
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from vedette import planfile
from vedette.errors import InUseError, UsageError
from vedette.model.program import Installed
from vedette.supervisor import generations
from vedette.supervisor.folder import StateFolder
from vedette.supervisor.prepare import check_ports, prepare
from vedette.supervisor.spec import ProgramSpec, StackSpec
from vedette.supervisor.wishes import Wishes

stack = pytest.mark.stack


@pytest.fixture
def plan(tmp_path):
    """Read a plan from what a test writes into its file."""

    def read(**keys):
        (tmp_path / "vedette.yaml").write_text(json.dumps({"name": "test", **keys}))
        made = planfile.read(tmp_path / "vedette.yaml")
        StateFolder(made.state).prepare()
        return made

    return read


@stack
def test_every_component_becomes_a_program_with_its_readiness(plan):
    made = plan(scrape_interval="7s")
    prepared = prepare(made, Wishes())
    rows = {row.name: row for row in prepared.spec.programs}
    assert set(rows) == {"prometheus", "alertmanager", "node_exporter", "console"}
    prometheus = rows["prometheus"]
    assert prometheus.ready == "http://127.0.0.1:9090/-/ready"
    assert prometheus.after == ("alertmanager",)
    assert prometheus.version == str(prepared.plan.versions["prometheus"])
    assert str(made.state / "config" / "prometheus" / "prometheus.yml") in "".join(
        prometheus.command
    )
    assert rows["console"].command[:4] == (sys.executable, "-m", "vedette", "console")
    text = (prepared.generation / "prometheus" / "prometheus.yml").read_text()
    assert "scrape_interval: 7s" in text
    assert generations.current(made.state) is None


@stack
def test_a_service_is_run_as_its_plan_says_and_the_load_waits_for_it(plan, tmp_path):
    (tmp_path / "locustfile.py").write_text("from locust import HttpUser\n")
    module = {
        "targets": ["127.0.0.1:8000"],
        "run": {"command": "{python} -m app", "ready": "/ready", "environment": {"A": "1"}},
    }
    load = {"locustfile": "locustfile.py", "host": "http://127.0.0.1:8000"}
    made = plan(modules={"serving": module}, load_test=load)
    rows = {row.name: row for row in prepare(made, Wishes()).spec.programs}
    serving = rows["serving"]
    assert serving.command == (sys.executable, "-m", "app")
    assert serving.folder == str(tmp_path)
    assert serving.ready == "http://127.0.0.1:8000/ready"
    assert (serving.port, serving.listen) == (8000, "127.0.0.1")
    assert dict(serving.environment) == {"A": "1"}
    assert not serving.essential
    assert rows["locust"].after == ("serving",)


@stack
def test_only_what_changed_has_another_digest(plan):
    before = {row.name: row.files for row in prepare(plan(), Wishes()).spec.programs}
    changed = plan(scrape_interval="9s")
    after = {row.name: row.files for row in prepare(changed, Wishes()).spec.programs}
    assert after.pop("prometheus") != before.pop("prometheus")
    assert after == before


@stack
def test_a_login_reaches_the_supervisor_and_not_the_arguments(plan):
    made = plan(login={"username": "admin", "password": "geheim"})
    spec = prepare(made, Wishes()).spec
    assert spec.authorization == "Basic YWRtaW46Z2VoZWlt"
    assert not any("geheim" in word for row in spec.programs for word in row.command)


@stack
@pytest.mark.parametrize("needy", ["console", "grafana"])
def test_a_component_without_the_one_it_needs_is_refused_in_words(plan, needy, monkeypatch):
    monkeypatch.setattr("vedette.supervisor.prepare.obtain", lambda wanted, *_: _found(wanted))
    monkeypatch.setattr("vedette.supervisor.render.judge", lambda *_: None)
    left_out = ("prometheus", *({"console"} - {needy}))
    with pytest.raises(UsageError, match="needs prometheus, which is left out") as refused:
        prepare(plan(), Wishes(added=(needy,), left_out=left_out))
    assert f"leave out {needy}" in refused.value.hint


def _found(wanted):
    return {
        program.name: Installed(
            name=program.name, path=Path("/x/bin/y"), version=program.minimum, source="path"
        )
        for program in wanted
    }


@stack
def test_a_refused_file_leaves_no_generation_behind(plan, monkeypatch):
    def refuse(*_):
        message = "promtool refuses"
        raise UsageError(message, hint="")

    made = plan()
    monkeypatch.setattr("vedette.supervisor.render.judge", refuse)
    with pytest.raises(UsageError, match="promtool refuses"):
        prepare(made, Wishes())
    assert list(made.state.glob("config-*")) == []


def _spec(*ports, listen="127.0.0.1"):
    rows = tuple(
        ProgramSpec(
            name=f"p{port}", title="Web", command=("a",), folder="/", port=port, listen=listen
        )
        for port in ports
    )
    return StackSpec(name="a", home="/", state="/", programs=rows)


def test_every_taken_port_is_named_and_a_port_elsewhere_is_none_of_ours(house):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(InUseError, match=f"port {port} of Web is taken by process"):
            check_ports(_spec(house.free_port(), port))
        check_ports(_spec(port, listen=""))


def test_a_service_whose_port_is_taken_is_not_told_to_use_automatic_ports():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        spec = _spec(taken.getsockname()[1])
        service = replace(spec.programs[0], name="shop", source="vedette.yaml")
        with pytest.raises(InUseError) as error:
            check_ports(replace(spec, programs=(service,)))
    assert "`targets:` and `run:` of shop" in error.value.hint
    assert "auto" not in error.value.hint
