"""That a reload works is shown with the real stack, in test_up.py."""

import pytest
from click.testing import CliRunner

from vedette.cli.reload import command
from vedette.planfile import PlanFileError
from vedette.supervisor import control


def test_without_a_stack_nothing_is_rendered(tmp_path):
    state = tmp_path / "none"
    with pytest.raises(control.NotRunningError):
        CliRunner().invoke(command, ["--state", str(state)], catch_exceptions=False)
    assert not state.exists()


def test_a_broken_plan_file_leaves_the_stack_as_it_is(small_stack, tmp_path):
    before = control.call(small_stack, "status")["programs"]
    file = tmp_path / "vedette.yaml"
    file.write_text("modules: [\n")
    words = ["--state", str(small_stack), "--file", str(file)]
    with pytest.raises(PlanFileError):
        CliRunner().invoke(command, words, catch_exceptions=False)
    after = control.call(small_stack, "status")["programs"]
    assert [row["pid"] for row in after] == [row["pid"] for row in before]
    assert not (small_stack / "config").exists()
