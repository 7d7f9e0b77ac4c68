import json

import pytest
from click.testing import CliRunner

from vedette.cli.lint import command
from vedette.errors import DeclarationError, UsageError


@pytest.fixture
def run(tmp_path):
    """Lint a text with some options."""

    def invoke(text, *options):
        file = tmp_path / "metrics.txt"
        file.write_text(text)
        return CliRunner().invoke(command, [str(file), *options], catch_exceptions=False)

    return invoke


FINE = "# HELP jobs_total Done.\n# TYPE jobs_total counter\njobs_total 1\n"


def test_what_is_fine_is_said_to_be_fine(run):
    result = run(FINE)
    assert result.exit_code == 0
    assert "1 sample, fine" in result.output


def test_that_nothing_is_exposed_is_not_called_fine(run):
    result = run("")
    assert result.exit_code == 0
    assert "does the program record anything yet?" in result.output
    assert ", fine" not in result.output


def test_a_finding_makes_the_exit_code_1_and_tells_the_fix(run):
    result = run("# HELP wait_ms x\n# TYPE wait_ms gauge\nwait_ms 1\n")
    assert result.exit_code == 1
    assert "metrics.txt:1: warning wait_ms abbreviates its unit" in result.output
    assert "hint: rename it to wait_seconds" in result.output


def test_information_alone_leaves_the_exit_code_0(run):
    result = run("# HELP go_ms x\n# TYPE go_ms gauge\ngo_ms 1\n")
    assert result.exit_code == 0
    assert "info" in result.output


def test_json_holds_the_findings_and_what_was_judged(run):
    told = json.loads(run("a_ms 1\n", "--format", "json").output)
    assert told["samples"] == told["families"] == 1
    assert told["summary"]["warning"] == len(told["findings"]) == 2
    assert {one["rule"] for one in told["findings"]} == {"lint-help", "lint-abbreviated-unit"}


def test_with_a_module_names_are_held_to_its_convention(run):
    result = run(FINE, "--module", "prompt-manager")
    assert result.exit_code == 1
    assert "rename it to prompt_manager_jobs_total" in result.output


def test_a_module_name_that_breaks_the_convention_is_refused_with_a_proposal(run):
    with pytest.raises(DeclarationError) as caught:
        run(FINE, "--module", "Prompt Manager")
    assert "prompt_manager would do" in caught.value.hint
    assert caught.value.exit_code == 2


def test_a_missing_file_is_a_mistake_of_the_command():
    with pytest.raises(UsageError):
        CliRunner().invoke(command, ["nothing.txt"], catch_exceptions=False)
