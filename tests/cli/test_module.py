"""Modules are added to a plan file, looked at and taken out; a running stack follows."""

import json
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner

from vedette.cli.module import command
from vedette.errors import UsageError, VedetteError
from vedette.planfile import hosts, read
from vedette.terminal import modules, reload
from vedette.terminal.scrape import ScrapeError

DATA = Path(__file__).parent.parent / "data" / "expositions"
SHOP = (DATA / "fastapi_instrumentator.txt").read_bytes()
CONVENTIONAL = b"""\
# HELP prompt_manager_operations_total Operations, by how they ended.
# TYPE prompt_manager_operations_total counter
prompt_manager_operations_total{operation="render",provider="",status="ok"} 1
"""


@pytest.fixture
def expose(request):
    """Serve a body at /metrics; return its `host:port`."""

    def start(body):
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response_only(200 if self.path == "/metrics" else 404)
                self.send_header("Content-Type", "text/plain; version=0.0.4")
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                """Say nothing."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()

        def end():
            server.shutdown()
            thread.join()
            server.server_close()

        request.addfinalizer(end)
        return f"127.0.0.1:{server.server_port}"

    return start


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A folder to work in."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def run(*words, answer=None):
    return CliRunner().invoke(command, words, input=answer, catch_exceptions=False)


def told(*words):
    result = run(*words, "--format", "json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_a_module_is_recognised_and_written_and_what_applies_is_told(home, expose):
    address = expose(SHOP)
    (home / "vedette.yaml").write_text("# Ours.\nname: here\n")
    result = run("add", "shop", address)
    assert result.exit_code == 0
    assert "FastAPI with prometheus-fastapi-instrumentator recognised" in result.output
    assert "packs: http; labels: module=shop, service=shop" in result.output
    assert "alerts that apply: " in result.output
    assert "In flight is empty: no http_requests_in_flight" in result.output
    assert f"vedette lint http://{address}/metrics" in result.output
    text = (home / "vedette.yaml").read_text()
    assert text.startswith("# Ours.\nname: here\n")
    [module] = read(home / "vedette.yaml").modules
    assert (module.targets, module.packs) == ((address,), ("http",))
    assert module.labels == {"service": "shop"}


def test_everything_is_told_to_programs_too(home, expose):
    address = expose(CONVENTIONAL)
    (home / "vedette.yaml").write_text("name: here\n")
    said = told("add", "prompt_manager", address, "--owner", "ann", "--label", "tier=gold")
    assert said["outcome"] == "written"
    assert said["packs"] == ["modules", "modules-prompt_manager"]
    assert said["labels"] == {
        "module": "prompt_manager",
        "owner": "ann",
        "service": "prompt_manager",
        "tier": "gold",
    }
    assert len(said["dashboards"]) > 1
    assert said["lint"]["command"] == f"vedette lint http://{address}/metrics"
    assert said["reloaded"] is None


def test_a_name_that_its_metrics_do_not_begin_with_is_written_beside_it(home, expose):
    (home / "vedette.yaml").write_text("name: here\n")
    told("add", "prompts", expose(CONVENTIONAL))
    assert "prefixes: [prompt_manager]" in (home / "vedette.yaml").read_text()


def test_adding_the_same_again_changes_nothing_not_even_what_was_edited(home, expose):
    address = expose(SHOP)
    (home / "vedette.yaml").write_text("name: here\n")
    told("add", "shop", address)
    file = home / "vedette.yaml"
    file.write_text(file.read_text().replace("packs: [http]", "packs: [http, serving] # mine"))
    before = file.read_bytes()
    assert told("add", "shop", address)["outcome"] == "unchanged"
    assert file.read_bytes() == before


def test_a_module_that_is_elsewhere_is_moved_after_a_question(home, expose):
    (home / "vedette.yaml").write_text("name: here\n")
    told("add", "shop", expose(SHOP), "--owner", "ann")
    before = (home / "vedette.yaml").read_text()
    other = expose(SHOP)
    with pytest.raises(UsageError) as caught:
        run("add", "shop", other, answer="n\n")
    assert "--yes" in caught.value.hint
    assert (home / "vedette.yaml").read_text() == before
    assert run("add", "shop", other, answer="y\n").exit_code == 0
    [module] = read(home / "vedette.yaml").modules
    assert (module.targets, module.owner) == ((other,), "ann")


def test_without_a_plan_file_one_is_created_after_a_question(home, expose):
    address = expose(SHOP)
    with pytest.raises(UsageError):
        run("add", "shop", address)
    assert list(home.iterdir()) == []
    assert run("add", "shop", address, "--yes").exit_code == 0
    assert read(home / "vedette.yaml").modules[0].name == "shop"


def test_a_dry_run_writes_nothing(home, expose):
    said = told("add", "shop", expose(SHOP), "--dry-run")
    assert said["outcome"] == "planned"
    assert list(home.iterdir()) == []


@pytest.mark.parametrize(
    "name, hint",
    [
        ("prompt-manager", "call it prompt_manager"),
        ("Prompt Manager", "prompt_manager would do"),
        ("9lives", "lives would do"),
        ("shop_total", "shop would do"),
        ("", "lower-case letters"),
    ],
)
def test_a_name_that_breaks_the_convention_is_refused_with_a_proposal(home, name, hint):
    with pytest.raises(UsageError) as caught:
        run("add", name, "127.0.0.1:1")
    assert hint in caught.value.hint
    assert list(home.iterdir()) == []


def test_a_server_may_be_called_by_the_name_of_its_program(home, expose):
    (home / "vedette.yaml").write_text("name: here\n")
    said = told("add", "vllm", expose((DATA / "vllm.txt").read_bytes()))
    assert (said["recognised"], said["packs"]) == ("vLLM", ["vllm"])
    assert [alert["missing"] for alert in said["alerts"]] == [[], [], [], []]


@pytest.mark.parametrize(
    "words, said",
    [
        (("prometheus", "{}"), "is the name of a program of the stack"),
        (("shop", "{}", "--pack", "servign"), "there is no pack 'servign'"),
        (("shop", "{}", "--label", "tier"), "is no label"),
        (("shop", "{}", "--label", "job=x"), "is set by the stack itself"),
        (("shop", "{}", "--interval", "fast"), "is not a duration"),
        (("shop", "http://ann:pw@{}"), "holds a login"),
        (("other", "{}"), "already watched as first"),
        (("mine", "127.0.0.1:9090", "--force"), "is the port of prometheus"),
    ],
)
def test_what_a_plan_refuses_is_refused_before_anything_is_written(home, expose, words, said):
    address = expose(SHOP)
    file = home / "vedette.yaml"
    first = f"modules:\n  first:\n    targets: [{address}]\n" if words[0] == "other" else ""
    file.write_text(f"name: here\n{first}")
    before = file.read_text()
    with pytest.raises(VedetteError) as caught:
        run("add", words[0], *(word.format(address) for word in words[1:]), "--yes")
    assert said in caught.value.problem
    assert "pw" not in caught.value.problem
    assert file.read_text() == before
    assert sorted(each.name for each in home.iterdir()) == ["vedette.yaml"]


def test_a_service_that_is_down_is_refused_and_added_all_the_same_by_force(home):
    (home / "vedette.yaml").write_text("name: here\n")
    with pytest.raises(ScrapeError) as caught:
        run("add", "shop", "http://127.0.0.1:1/m")
    assert "--force" in caught.value.hint
    result = run("add", "shop", "http://127.0.0.1:1/m", "--force", "--pack", "http")
    assert result.exit_code == 0
    assert "nothing was recognised" in result.output
    [module] = read(home / "vedette.yaml").modules
    assert (module.path, module.packs) == ("/m", ("http",))


def test_a_name_of_containers_is_written_as_it_is_and_reached_all_the_same(
    home, expose, monkeypatch
):
    monkeypatch.setattr(hosts, "_CONTAINER_MARKS", ())
    monkeypatch.setattr(hosts, "resolves", lambda _: False)
    (home / "vedette.yaml").write_text("name: here\n")
    port = expose(SHOP).partition(":")[2]
    result = run("add", "shop", f"host.docker.internal:{port}")
    if "is asked" in result.output:  # where a machine knows the name, it is asked by it
        assert "so 127.0.0.1 is asked" in result.output
    assert read(home / "vedette.yaml").modules[0].targets == (f"host.docker.internal:{port}",)


def test_modules_are_listed_and_shown(home, expose):
    (home / "vedette.yaml").write_text("name: here\n")
    assert "no modules" in run("list").output
    address = expose(SHOP)
    told("add", "shop", address)
    assert told("list")["modules"] == [
        {
            "name": "shop",
            "target": address,
            "packs": ["http"],
            "owner": "",
            "state": "no stack runs",
        }
    ]
    assert address in run("list").output
    shown = told("show", "shop")
    assert shown["targets"] == [address]
    assert "HighErrorRate" in shown["alerts"]
    shown = run("show", "shop").output
    assert "HighErrorRate" in shown
    assert "labels: service=shop\n" in shown


@pytest.mark.usefixtures("home")
def test_metrics_of_nobody_known_are_watched_and_that_no_pack_is_about_them_is_told(expose):
    address = expose(b"# TYPE own_things gauge\n# HELP own_things Ours.\nown_things 1\n")
    said = run("add", "own", address, "--yes").output
    assert "metrics of no program that Vedette knows at" in said
    assert "no dashboard or alert is about it: name a pack with --pack" in said
    assert "lint" not in said  # nothing is to be mended


@pytest.mark.usefixtures("home")
def test_what_prometheus_will_refuse_is_told_as_an_error(expose):
    address = expose(b'fine 1\nbroken{a="b} 1\n9abc 1\n')
    said = run("add", "own", address, "--yes").output
    assert said.count("error: Prometheus will take nothing of it: ") == 1
    assert "lint: 2 errors, 1 warning" in said


@pytest.mark.parametrize("verb", ["show", "remove", "check"])
def test_a_module_that_there_is_not_is_asked_about(home, verb):
    (home / "vedette.yaml").write_text("modules: {shop: {targets: ['a:1']}}\n")
    with pytest.raises(UsageError) as caught:
        run(verb, "shpo")
    assert caught.value.hint == "did you mean shop?"


def test_a_module_is_removed_after_a_question_and_the_rest_stays(home):
    file = home / "vedette.yaml"
    before = "name: here # ours\nmodules:\n  api:\n    targets: ['a:1'] # one\n"
    file.write_text(f"{before}  shop:\n    targets: ['b:1']\n")
    with pytest.raises(UsageError):
        run("remove", "shop", answer="n\n")
    assert told("remove", "shop", "--dry-run")["outcome"] == "planned"
    assert "shop" in file.read_text()
    assert run("remove", "shop", "--yes").exit_code == 0
    assert file.read_text() == before


def test_the_alert_that_a_removed_module_leaves_behind_is_told(home, monkeypatch):
    monkeypatch.setattr(modules, "is_running", lambda _: True)
    monkeypatch.setattr(modules, "reload_stack", lambda *_: {"reloaded": ["prometheus"]})
    monkeypatch.setattr(reload, "told", lambda _: "reloaded")
    (home / "vedette.yaml").write_text("modules: {shop: {targets: ['b:1']}}\n")
    assert "TargetMissing may tell that it is gone" in run("remove", "shop", "--yes").output


def test_a_check_scrapes_lints_and_tells_what_applies(home, expose):
    (home / "vedette.yaml").write_text("name: here\n")
    told("add", "prompt_manager", expose(CONVENTIONAL))
    result = run("check", "prompt_manager")
    assert result.exit_code == 0, result.output
    assert "answers: 1 samples" in result.output
    assert "no Prometheus of this plan runs" in result.output


def test_what_is_exposed_and_not_followed_is_told(home, expose):
    (home / "vedette.yaml").write_text("name: here\n")
    address = expose(SHOP)
    assert told("add", "shop", address, "--pack", "serving")["unfollowed"] == ["http"]
    assert "it also exposes http" in run("add", "shop", address).output
    assert "of the pack http, which it does not follow" in run("check", "shop").output


def test_a_check_of_a_service_that_is_down_fails_and_says_why(home):
    (home / "vedette.yaml").write_text("modules: {shop: {targets: ['127.0.0.1:1']}}\n")
    result = run("check", "--format", "json")
    assert result.exit_code == 1
    said = json.loads(result.stdout)
    assert [one["rule"] for one in said["findings"]][:1] == ["module-unseen"]
    assert said["modules"][0]["module"] == "shop"


def test_a_stack_that_refuses_the_change_leaves_the_file_as_it_was(home, expose, monkeypatch):
    def refuse(*_):
        problem = "promtool refused it"
        raise UsageError(problem, hint="mend it")

    monkeypatch.setattr(modules, "is_running", lambda _: True)
    monkeypatch.setattr(modules, "reload_stack", refuse)
    file = home / "vedette.yaml"
    file.write_text("name: here\n")
    with pytest.raises(UsageError, match="promtool refused it"):
        run("add", "shop", expose(SHOP))
    assert file.read_text() == "name: here\n"


@pytest.mark.stack
def test_a_running_stack_follows_without_a_restart(home, expose):
    def vedette(*words):
        done = subprocess.run(
            [sys.executable, "-m", "vedette", *words, "--format", "json"],
            cwd=home,
            capture_output=True,
            text=True,
            timeout=170,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def up(module):
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            rows = vedette("module", "list")["modules"]
            if [row["state"] for row in rows if row["name"] == module] == ["up"]:
                return True
            time.sleep(0.3)
        return False

    (home / "vedette.yaml").write_text(
        "name: trial # mine\nscrape_interval: 1s\nwithout: [alertmanager, node_exporter, console]\n"
    )
    address = expose(CONVENTIONAL)
    try:
        before = vedette("up", "--detach", "--port", "auto")["programs"]
        said = vedette("module", "add", "prompt_manager", address)
        assert "prometheus" in said["reloaded"]["reloaded"]
        assert up("prompt_manager")
        checked = vedette("module", "check", "prompt_manager")
        assert checked["summary"]["error"] == 0
        assert any("Prometheus scrapes" in line for line in checked["modules"][0]["fine"])
        assert any("alerts evaluated" in line for line in checked["modules"][0]["fine"])
        vedette("module", "remove", "prompt_manager", "--yes")
        assert vedette("module", "list")["modules"] == []
        after = vedette("status")["programs"]
        assert [row["pid"] for row in after] == [row["pid"] for row in before]
    finally:
        vedette("down")
    assert (home / "vedette.yaml").read_text().startswith("name: trial # mine\n")
