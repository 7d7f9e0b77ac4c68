import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from vedette.cli.logs import command
from vedette.errors import UsageError


@pytest.fixture
def state(tmp_path: Path) -> Path:
    """A state folder with two logs."""
    logs = tmp_path / "logs"
    logs.mkdir()
    (logs / "prometheus.log").write_text("".join(f"line {n}\n" for n in range(100)))
    (logs / "alertmanager.log").write_text("level=info ready\nlevel=error oh dear\n")
    return tmp_path


def _logs(state, *words):
    return CliRunner().invoke(command, ["--state", str(state), *words])


def test_the_last_lines_of_one_program_are_printed(state):
    assert _logs(state, "prometheus", "-n", "2").output == "line 98\nline 99\n"


def test_all_logs_are_printed_with_their_names(state):
    output = _logs(state, "-n", "1").output
    assert "alertmanager  level=error oh dear" in output
    assert "prometheus    line 99" in output


def test_only_lines_that_match_are_printed_from_the_whole_log(state):
    assert _logs(state, "prometheus", "--grep", "line 7$").output == "line 7\n"


def test_a_wrong_regular_expression_is_explained(state):
    result = _logs(state, "--grep", "(")
    assert isinstance(result.exception, UsageError)
    assert "not a regular expression" in result.exception.problem


def test_an_unknown_program_is_answered_with_the_known_ones(state):
    result = _logs(state, "grafana")
    assert isinstance(result.exception, UsageError)
    assert "alertmanager, prometheus" in result.exception.hint


def test_no_logs_at_all_is_explained(tmp_path):
    result = _logs(tmp_path)
    assert isinstance(result.exception, UsageError)
    assert "vedette up" in result.exception.hint


def test_logs_as_json_are_lists_by_program(state):
    found = json.loads(_logs(state, "--format", "json", "-n", "1").output)
    assert found == {"alertmanager": ["level=error oh dear"], "prometheus": ["line 99"]}


def test_following_prints_what_is_appended(state):
    program = subprocess.Popen(
        [sys.executable, "-m", "vedette", "logs", "prometheus", "-f", "--state", state],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert program.stdout is not None
    try:
        for number in range(80, 100):
            assert program.stdout.readline() == f"line {number}\n"
        with (state / "logs/prometheus.log").open("a") as log:
            log.write("news\n")
        assert program.stdout.readline() == "news\n"
    finally:
        program.terminate()
        program.wait()
        program.stdout.close()
