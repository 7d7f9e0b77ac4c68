import json
import tempfile

import pytest
from ruamel.yaml import YAML

from vedette.errors import ProgramFailedError, UsageError
from vedette.process.run import Completed
from vedette.verify import launch


@pytest.fixture
def shop(tmp_path):
    folder = tmp_path / "examples" / "shop"
    folder.mkdir(parents=True)
    (folder / "vedette.yaml").write_text(
        "modules:\n  api:\n    targets: [127.0.0.1:8000]\n    run: {command: ./api :8000}\n"
    )
    (folder / "ledger.yaml").write_text("promises:\n  - command: status\n")
    (folder / ".vedette").mkdir()
    (folder / ".vedette" / "version").write_text("1")
    (folder / "app.py").write_text("")
    return folder


@pytest.fixture
def commands(monkeypatch, tmp_path):
    """What would be run, and what it answers."""
    (tmp_path / "copies").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "copies"))
    asked = []
    answers = {
        "up": Completed(stdout='{"urls": {"prometheus": "http://p"}}', stderr="", returncode=0)
    }

    def vedette(folder, *arguments, timeout=1.0):
        assert timeout > 0
        asked.append((folder, arguments))
        plain = Completed(stdout="", stderr="", returncode=0)
        return answers.get(arguments[0], plain)

    monkeypatch.setattr(launch, "vedette", vedette)
    return asked, answers


def test_a_system_is_found_by_path_and_by_name(shop, tmp_path, monkeypatch):
    assert launch.find(str(shop)) == shop
    monkeypatch.chdir(tmp_path)
    assert launch.find("shop") == shop


def test_a_system_that_does_not_exist_is_answered_with_those_that_do(shop, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match="no system 'shp'") as refused:
        launch.find("shp")
    assert shop.name in refused.value.hint


@pytest.mark.parametrize("missing", ["vedette.yaml", "ledger.yaml"])
def test_a_folder_that_is_no_system_is_refused(shop, missing):
    (shop / missing).unlink()
    with pytest.raises(UsageError, match=f"has no {missing}"):
        launch.find(str(shop))


def test_it_runs_in_a_copy_with_the_sinks_as_receivers_and_is_taken_down(shop, commands):
    asked, _ = commands
    with launch.running(shop) as system:
        assert system.folder != shop
        assert (system.folder / "app.py").exists()
        assert not (system.folder / ".vedette").exists()
        plan = YAML(typ="safe").load((system.folder / "vedette.yaml").read_text())
        assert plan["routes"]["default"] == "verify"
        assert plan["state"] == ".vedette"
        assert system.addresses["prometheus"] == "http://p"
        port = plan["modules"]["api"]["targets"][0].partition(":")[2]
        assert system.addresses["api"] == f"http://127.0.0.1:{port}" != "http://127.0.0.1:8000"
    assert [arguments[0] for _, arguments in asked] == ["up", "down"]
    assert asked[0][1][1:] == ("--detach", "--port", "auto", "--format", "json")
    assert not system.folder.exists()


def test_the_original_folder_stays_as_it_was(shop, commands):
    before = {path: path.read_bytes() for path in shop.rglob("*") if path.is_file()}
    with launch.running(shop):
        assert commands
    assert {path: path.read_bytes() for path in shop.rglob("*") if path.is_file()} == before


def test_it_is_taken_down_when_a_check_fails(shop, commands):
    asked, _ = commands
    with pytest.raises(ZeroDivisionError), launch.running(shop):
        _ = 1 / 0
    assert asked[-1][1] == ("down",)


def test_it_can_be_left_running(shop, commands):
    asked, _ = commands
    with launch.running(shop, keep=True) as system:
        pass
    assert [arguments[0] for _, arguments in asked] == ["up"]
    assert system.folder.exists()


def test_a_start_that_fails_is_told_with_its_reason(shop, commands):
    _, answers = commands
    answers["up"] = Completed(stdout="", stderr="error: port 9090 is taken", returncode=4)
    with pytest.raises(ProgramFailedError, match="port 9090 is taken"), launch.running(shop):
        pass


def test_a_start_that_answers_nonsense_is_told(shop, commands):
    _, answers = commands
    answers["up"] = Completed(stdout=json.dumps([])[:1], stderr="", returncode=0)
    with pytest.raises(ProgramFailedError, match="did not say where it runs"), launch.running(shop):
        pass
