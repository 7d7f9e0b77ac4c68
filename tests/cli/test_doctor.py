import json

import pytest
from click.testing import CliRunner

from vedette.cli.doctor import command
from vedette.doctor import examine as examining
from vedette.doctor.diagnosis import Diagnosis, Fine
from vedette.model.finding import Finding


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """An empty folder that is the current one, without a stack."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "vedette.yaml").write_text("name: shop\n")
    return tmp_path


@pytest.fixture
def diagnose(monkeypatch):
    """Let every stack have one thing that is fine, and one finding of a level."""

    def diagnose(level):
        finding = Finding(rule="a-rule", level=level, subject="api", message="m", hint="do this")
        fine = Fine(subject="prometheus", message="ready, 3.5.3")
        found = Diagnosis(fine=(fine,), findings=(finding,))
        monkeypatch.setattr(examining, "examine", lambda _: found)

    return diagnose


def run(*arguments):
    return CliRunner().invoke(command, arguments)


@pytest.mark.parametrize("level, code", [("error", 1), ("warning", 1), ("info", 0)])
def test_only_what_is_wrong_changes_the_exit_code(diagnose, level, code):
    diagnose(level)
    assert run().exit_code == code


def test_people_see_what_is_fine_and_what_to_do(diagnose):
    diagnose("error")
    said = run().output
    assert "prometheus  ready, 3.5.3" in said
    assert "api: error m (a-rule)" in said
    assert "hint: do this" in said


def test_programs_get_one_json_object(diagnose):
    diagnose("warning")
    answer = json.loads(run("--format", "json").output)
    assert answer["fine"] == [{"subject": "prometheus", "message": "ready, 3.5.3"}]
    assert answer["findings"][0]["rule"] == "a-rule"
    assert answer["summary"]["warning"] == 1


def test_it_works_where_no_stack_runs():
    answer = json.loads(run("--format", "json").output)
    rules = {row["rule"] for row in answer["findings"]}
    assert {"stack-not-running", "telling-nobody"} <= rules


def test_a_plan_that_cannot_be_used_is_said_and_nothing_else_is_looked_at(folder):
    (folder / "vedette.yaml").write_text("nmae: shop\n")
    result = run("--format", "json")
    answer = json.loads(result.output)
    assert result.exit_code == 1
    assert [row["rule"] for row in answer["findings"]] == ["plan-unknown-key"]
    assert answer["fine"] == []


def test_the_state_folder_can_be_named(folder):
    answer = json.loads(run("--state", str(folder / "other"), "--format", "json").output)
    (info,) = (row for row in answer["findings"] if row["rule"] == "stack-not-running")
    assert str(folder / "other") in info["message"]
