import pytest

from vedette.errors import UsageError
from vedette.planfile import PlanFileError
from vedette.terminal.plantext import plan_text


def test_a_file_that_is_not_there_yet_starts_as_init_would_write_it(tmp_path):
    told = plan_text(tmp_path / "vedette.yaml")
    assert told.is_new
    assert told.plan(told.text).name == tmp_path.name
    assert list(tmp_path.iterdir()) == []


def test_only_what_is_a_plan_is_written_and_nothing_is_left_behind(tmp_path):
    file = tmp_path / "vedette.yaml"
    file.write_text("name: here\n")
    file.chmod(0o600)
    told = plan_text(file)
    with pytest.raises(UsageError) as caught:
        told.write("nmae: x\n")
    assert caught.value.hint == "did you mean name?"
    assert file.read_text() == "name: here\n"
    assert told.write("name: there\n").name == "there"
    assert file.read_text() == "name: there\n"
    assert file.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [file]


def test_a_link_goes_on_being_one(tmp_path):
    file, link = tmp_path / "plan.yaml", tmp_path / "vedette.yaml"
    file.write_text("name: here\n")
    link.symlink_to(file)
    plan_text(link).write("name: there\n")
    assert link.is_symlink()
    assert file.read_text() == "name: there\n"


def test_a_broken_plan_file_and_a_missing_folder_are_told(tmp_path):
    (tmp_path / "vedette.yaml").write_text("modules: [\n")
    with pytest.raises(PlanFileError):
        plan_text(tmp_path)
    with pytest.raises(UsageError, match="is not there"):
        plan_text(tmp_path / "none" / "vedette.yaml")
