import json

from click.testing import CliRunner

from vedette.cli.down import command
from vedette.supervisor.folder import StateFolder


def test_everything_is_stopped_and_named(small_stack):
    done = CliRunner().invoke(command, ["--state", str(small_stack)])
    assert (done.exit_code, done.output) == (0, "stopped one, two\n")
    assert StateFolder(small_stack).holder() is None


def test_json_names_the_folder_and_the_programs(small_stack):
    done = CliRunner().invoke(command, ["--state", str(small_stack), "--format", "json"])
    assert json.loads(done.output) == {"state": str(small_stack), "stopped": ["one", "two"]}


def test_nothing_to_stop_is_no_error(tmp_path):
    done = CliRunner().invoke(command, ["--state", str(tmp_path / "none")])
    assert done.exit_code == 0
    assert done.output == f"no stack runs in {tmp_path / 'none'}\n"
