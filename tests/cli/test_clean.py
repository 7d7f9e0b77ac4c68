import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from vedette.cli.clean import command
from vedette.errors import InUseError, UsageError
from vedette.supervisor.clock import Clock
from vedette.supervisor.folder import StateFolder


@pytest.fixture
def state(tmp_path: Path) -> Path:
    """A state folder as a stack leaves it."""
    folder = tmp_path / "state"
    for name in ("config-1/prometheus", "logs", "data/prometheus", "run"):
        (folder / name).mkdir(parents=True)
    (folder / "config").symlink_to("config-1")
    (folder / "version").write_text("1\n")
    (folder / "logs/prometheus.log").write_text("hello\n")
    (folder / "data/prometheus/sample").write_text("precious")
    for name in ("vedette.db", "vedette.db-wal", "spool"):
        (folder / name).write_text("precious, too")
    return folder


def _clean(state, *words, answer=None):
    return CliRunner().invoke(command, ["--state", str(state), *words], input=answer)


def test_the_samples_are_kept_unless_they_are_named(state):
    result = _clean(state, "--yes")
    assert result.exit_code == 0, result.output
    assert not (state / "logs").exists()
    kept = {"data", "version", "vedette.db", "vedette.db-wal", "spool"}
    assert {path.name for path in state.iterdir()} == kept
    assert (state / "data/prometheus/sample").read_text() == "precious"


def test_with_data_the_whole_folder_goes(state):
    assert _clean(state, "--data", "--yes").exit_code == 0
    assert not state.exists()


def test_it_asks_and_a_no_removes_nothing(state):
    result = _clean(state, "--data", answer="n\n")
    assert result.exit_code == 1
    assert (state / "data/prometheus/sample").exists()


def test_without_an_answer_nothing_is_removed_and_a_word_says_so(state):
    result = _clean(state, "--data", answer="")
    assert isinstance(result.exception, UsageError)
    assert "--yes" in result.exception.hint
    assert (state / "data/prometheus/sample").exists()


def test_a_folder_is_cleaned_also_while_its_plan_file_is_wrong(state):
    (state.parent / "vedette.yaml").write_text("modulez: {}\n")
    beside = state.rename(state.parent / ".vedette")
    result = CliRunner().invoke(command, ["--file", str(state.parent / "vedette.yaml"), "--yes"])
    assert result.exit_code == 0, result.output
    assert not (beside / "logs").exists()


def test_a_yes_removes(state):
    assert _clean(state, answer="y\n").exit_code == 0
    assert not (state / "logs").exists()


def test_a_folder_of_somebody_else_is_left_alone(tmp_path):
    (tmp_path / "thesis.txt").write_text("three years")
    result = _clean(tmp_path, "--data", "--yes")
    assert isinstance(result.exception, UsageError)
    assert (tmp_path / "thesis.txt").exists()


def test_a_running_stack_is_not_cleaned(state):
    descriptor = StateFolder(state).acquire(state, Clock())
    result = _clean(state, "--yes")
    assert isinstance(result.exception, InUseError)
    assert "vedette down" in result.exception.hint
    assert (state / "logs").exists()
    os.close(descriptor)


def test_what_was_removed_is_said_as_json(state):
    result = _clean(state, "--yes", "--format", "json")
    assert set(json.loads(result.output)["removed"]) == {"config", "config-1", "logs", "run"}


def test_cleaning_twice_is_no_fault(state):
    _clean(state, "--yes")
    result = _clean(state, "--yes")
    assert result.exit_code == 0
    assert "clean" in result.output
