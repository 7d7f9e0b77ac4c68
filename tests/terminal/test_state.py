import pytest

from vedette.planfile import PlanFileError
from vedette.terminal.state import find_state, plan_path


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_option_counts_before_the_file(home):
    (home / "vedette.yaml").write_text("state: there\n")
    assert find_state(None, home / "here") == home / "here"
    assert find_state(None, None) == home / "there"


def test_a_broken_file_does_not_hide_the_stack_beside_it(home):
    file = home / "vedette.yaml"
    file.write_text("modules: [\n")
    (home / ".vedette").mkdir()
    (home / ".vedette" / "version").write_text("1\n")
    assert find_state(None, None) == home / ".vedette"
    assert find_state(file, None) == home / ".vedette"


def test_a_broken_file_beside_which_nothing_was_started_is_told(home):
    (home / "vedette.yaml").write_text("modules: [\n")
    with pytest.raises(PlanFileError):
        find_state(None, None)


def test_the_plan_file_is_found_in_a_folder_above(home, monkeypatch):
    (home / "vedette.yaml").write_text("")
    (home / "below").mkdir()
    monkeypatch.chdir(home / "below")
    assert plan_path(None) == home / "vedette.yaml"
    assert plan_path(home / "other.yaml") == home / "other.yaml"
