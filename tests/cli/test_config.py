import json

import jsonschema
import pytest
from click.testing import CliRunner
from ruamel.yaml import YAML

from vedette.cli import main
from vedette.cli.config import command

GOOD = "name: shop\nports:\n  prometheus: 19090\nlogin: {username: ann, password: hunter2}\n"
BAD = "nmae: shop\nscrape_interval: 5\n"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty folder that is the current one."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments):
    return CliRunner().invoke(command, arguments)


def test_show_prints_the_plan_with_the_origin_of_each_value_and_no_secret(folder):
    (folder / "vedette.yaml").write_text(GOOD)
    result = run("show")
    assert result.exit_code == 0
    assert "name: shop # vedette.yaml:1" in result.stdout
    assert "prometheus: 19090 # vedette.yaml:3" in result.stdout
    assert "scrape_interval: 5s # default" in result.stdout
    assert "hunter2" not in result.stdout


def test_what_show_prints_is_yaml(folder):
    (folder / "vedette.yaml").write_text(GOOD + "modules: {api: {targets: 8000}}\n")
    shown = YAML(typ="safe").load(run("show").stdout)
    assert shown["modules"][0]["targets"] == ["127.0.0.1:8000"]
    assert shown["ports"]["prometheus"] == 19090


def test_show_for_programs_has_the_origins_beside_the_values(folder):
    (folder / "vedette.yaml").write_text(GOOD)
    shown = json.loads(run("show", "--format", "json").stdout)
    assert (shown["name"], shown["origins"]["name"]) == ("shop", "vedette.yaml:1")
    assert list(shown["login"].values())[1] == "<secret>"


def test_show_takes_the_state_folder_from_the_command_line(folder):
    shown = json.loads(run("show", "--state", str(folder / "s"), "--format", "json").stdout)
    assert (shown["state"], shown["origins"]["state"]) == (str(folder / "s"), "--state")


def test_check_of_a_sound_file_is_silent_success(folder):
    (folder / "vedette.yaml").write_text("name: shop\n")
    result = run("check")
    assert (result.exit_code, result.stdout.endswith("vedette.yaml: fine\n")) == (0, True)


def test_check_without_a_file_says_so(folder, monkeypatch):
    monkeypatch.chdir(folder)
    result = run("check")
    assert (result.exit_code, result.stdout) == (0, "no plan file: the defaults are fine\n")


def test_check_says_everything_that_is_wrong_with_places_and_remedies(folder):
    (folder / "vedette.yaml").write_text(BAD)
    result = run("check")
    assert result.exit_code == 1
    assert "vedette.yaml:1:1: error a plan has no key 'nmae'" in result.stdout
    assert "hint: did you mean name?" in result.stdout
    assert "vedette.yaml:2:18" in result.stdout


def test_check_for_programs_is_one_json_object(folder):
    (folder / "vedette.yaml").write_text(BAD)
    result = run("check", "--format", "json")
    answer = json.loads(result.stdout)
    assert result.exit_code == 1
    assert answer["summary"] == {"error": 2, "warning": 0, "info": 0}
    assert [row["rule"] for row in answer["findings"]] == ["plan-unknown-key", "plan-type"]


def test_check_of_a_file_that_is_not_there_is_a_finding(folder):
    result = run("check", "--file", str(folder / "gone.yaml"))
    assert result.exit_code == 1
    assert "there is no such file" in result.stdout


def test_another_command_refuses_a_wrong_file_with_code_2(folder, monkeypatch, capsys):
    (folder / "vedette.yaml").write_text(BAD)
    monkeypatch.setattr("sys.argv", ["vedette", "config", "show"])
    with pytest.raises(SystemExit) as caught:
        main()
    assert caught.value.code == 2
    said = capsys.readouterr().err
    assert "vedette.yaml:1:1" in said
    assert "vedette.yaml:2:18" in said
    assert "Traceback" not in said


def test_the_schema_is_one_that_editors_understand(folder):
    (folder / "vedette.yaml").write_text(GOOD)
    schema = json.loads(run("schema").stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    good, bad = (YAML(typ="safe").load(text) for text in (GOOD, BAD))
    assert list(validator.iter_errors(good)) == []
    assert len(list(validator.iter_errors(bad))) == 2
