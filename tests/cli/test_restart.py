import json

import pytest
from click.testing import CliRunner

from vedette.cli.restart import command
from vedette.errors import UsageError, VedetteError
from vedette.supervisor import control


def _pids(state):
    return {row["name"]: row["pid"] for row in control.call(state, "status")["programs"]}


def test_one_program_is_replaced_and_is_ready_when_the_command_returns(small_stack):
    before = _pids(small_stack)
    done = CliRunner().invoke(command, ["one", "--state", str(small_stack)])
    assert (done.exit_code, done.output) == (0, "restarted one\n")
    rows = {row["name"]: row for row in control.call(small_stack, "status")["programs"]}
    assert rows["one"]["state"] == "ready"
    assert rows["one"]["pid"] != before["one"]
    assert rows["two"]["pid"] == before["two"]


def test_without_a_name_every_program_is_replaced(small_stack):
    before = _pids(small_stack)
    done = CliRunner().invoke(command, ["--state", str(small_stack), "--format", "json"])
    assert json.loads(done.output) == {"restarted": ["one", "two"]}
    after = _pids(small_stack)
    assert all(after[name] != before[name] for name in before)


def test_an_unknown_program_is_answered_with_those_there_are(small_stack):
    with pytest.raises(VedetteError, match="there are one, two") as refused:
        CliRunner().invoke(command, ["three", "--state", str(small_stack)], catch_exceptions=False)
    assert refused.value.exit_code == UsageError.exit_code
