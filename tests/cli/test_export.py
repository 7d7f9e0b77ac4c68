import json

import pytest
from click.testing import CliRunner

from vedette.cli.export import command
from vedette.errors import InUseError


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
