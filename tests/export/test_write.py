import stat

import pytest

from vedette.errors import InUseError, UsageError
from vedette.export._write import write


def test_files_are_written_below_a_folder_that_only_its_owner_may_enter(tmp_path):
    folder = tmp_path / "new" / "folder"
    write({"a.yml": "a\n", "deep/er/b.yml": "ü\n"}, folder)
    assert (folder / "deep" / "er" / "b.yml").read_text(encoding="utf-8") == "ü\n"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "a.yml").stat().st_mode) == 0o644


def test_a_folder_that_is_not_empty_is_left_alone(tmp_path):
    (tmp_path / "mine").write_text("mine")
    with pytest.raises(InUseError, match="is not empty") as caught:
        write({"mine": "theirs"}, tmp_path)
    assert "--force" in caught.value.hint
    assert (tmp_path / "mine").read_text() == "mine"


def test_force_writes_over_our_files_and_keeps_the_others(tmp_path):
    (tmp_path / "mine").write_text("mine")
    (tmp_path / "ours").write_text("old")
    write({"ours": "new"}, tmp_path, force=True)
    assert (tmp_path / "mine").read_text() == "mine"
    assert (tmp_path / "ours").read_text() == "new"


def test_a_place_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="cannot be written"):
        write({"a": "a"}, tmp_path / "file" / "below")


def test_a_folder_without_secrets_is_open_to_the_programs_that_read_it(tmp_path):
    write({"a.yml": "a\n"}, tmp_path / "out", private=False)
    assert stat.S_IMODE((tmp_path / "out").stat().st_mode) == 0o755
