import json

import pytest
from click.testing import CliRunner

from vedette.cli.export import command
from vedette.errors import InUseError, UsageError


@pytest.fixture
def folder(tmp_path, monkeypatch):
    home = tmp_path / "project"
    home.mkdir()
    (home / "vedette.yaml").write_text(
        "name: exported\nmodules:\n  shop:\n    targets: [127.0.0.1:8000]\n    packs: [serving]\n"
    )
    monkeypatch.chdir(home)
    return tmp_path / "out"


def run(*arguments):
    return CliRunner().invoke(command, list(map(str, arguments)))


def test_the_targets_are_the_modules_of_the_export_folder():
    assert "compose" in run("--help").output


def test_a_plan_is_exported_with_a_word_on_how_to_start_it(folder):
    result = run("compose", folder)
    assert result.exit_code == 0, result.output
    assert (folder / "compose.yaml").read_text().splitlines()[1] == "name: exported"
    assert "README.md says how to start it" in result.output


def test_programs_get_the_list_of_files(folder):
    answer = json.loads(run("compose", folder, "--format", "json").output)
    assert answer["target"] == "compose"
    assert answer["folder"] == str(folder)
    assert "prometheus/rules/serving.yml" in answer["files"]
    assert sorted(answer["files"]) == sorted(
        str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()
    )


def test_nothing_is_overwritten_without_being_asked_to(folder):
    run("compose", folder)
    (folder / "compose.yaml").write_text("changed by hand")
    refused = run("compose", folder)
    assert isinstance(refused.exception, InUseError)
    assert (folder / "compose.yaml").read_text() == "changed by hand"
    assert run("compose", folder, "--force").exit_code == 0
    assert "name: exported" in (folder / "compose.yaml").read_text()


def test_an_unknown_target_is_refused(folder):
    result = run("swarm", folder)
    assert result.exit_code == 2
    assert "No such command 'swarm'" in result.output


def test_packs_are_exported_without_any_plan_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    answer = json.loads(run("rules", "out", "--pack", "host", "--format", "json").output)
    assert "host.yml" in answer["files"]
    assert "runbooks/HostHighCpu.md" in answer["files"]
    assert not [name for name in answer["files"] if name.endswith(".yml") and name != "host.yml"]


def test_the_choices_of_a_target_are_options_of_its_command(folder):
    result = run(
        "prometheus-operator", folder, "--monitor", "pod", "--label", "a=b", "--label", "c=d"
    )
    assert result.exit_code == 0, result.output
    monitor = (folder / "shop-monitor.yaml").read_text()
    assert "kind: PodMonitor" in monitor
    assert "a: b" in monitor
    assert "c: d" in monitor
    assert "[service|pod]" in run("prometheus-operator", "--help").output


def test_a_pack_that_does_not_exist_writes_nothing(folder):
    result = run("grafana", folder, "--pack", "gpus")
    assert isinstance(result.exception, UsageError)
    assert "did you mean 'gpu'?" in result.exception.hint
    assert not folder.exists()


def test_a_target_that_is_no_part_of_packs_takes_no_pack(folder):
    assert "No such option" in run("compose", folder, "--pack", "gpu").output
