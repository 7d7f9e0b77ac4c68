import json
import os
import signal
import time

import pytest
from click.testing import CliRunner

from vedette.cli.status import command
from vedette.supervisor import control


def test_the_table_names_every_program_and_its_state(small_stack):
    done = CliRunner().invoke(command, ["--state", str(small_stack)])
    assert done.exit_code == 0, done.output
    lines = done.output.splitlines()
    assert lines[0].startswith("small: process ")
    assert lines[1].split()[:4] == ["PROGRAM", "STATE", "PORT", "PID"]
    assert [line.split()[:2] for line in lines[2:4]] == [["one", "ready"], ["two", "ready"]]


def test_json_is_the_answer_of_the_supervisor(small_stack):
    done = CliRunner().invoke(command, ["--state", str(small_stack), "--format", "json"])
    told = json.loads(done.output)
    assert told["name"] == "small"
    assert [row["name"] for row in told["programs"]] == ["one", "two"]


def test_a_program_that_is_down_is_told_by_a_line_and_the_exit_code(small_stack):
    deadline = time.monotonic() + 30
    done = None
    while (done is None or done.exit_code != 5) and time.monotonic() < deadline:
        rows = control.call(small_stack, "status")["programs"]
        if rows[0]["pid"]:
            os.kill(rows[0]["pid"], signal.SIGKILL)  # until its restarts are seconds apart
        done = CliRunner().invoke(command, ["--state", str(small_stack)])
    assert done is not None
    assert done.exit_code == 5
    assert "one: it was ended by SIGKILL" in done.output


def test_nothing_that_runs_is_told_with_a_hint(tmp_path):
    with pytest.raises(control.NotRunningError, match="no stack runs in") as told:
        CliRunner().invoke(command, ["--state", str(tmp_path / "none")], catch_exceptions=False)
    assert "vedette up" in told.value.hint
    assert told.value.exit_code == 1
