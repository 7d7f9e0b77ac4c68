import errno
import os

import pytest

from vedette.errors import InUseError, UsageError
from vedette.supervisor import files


def fail_with(monkeypatch, number):
    """Let the one place that opens files for writing fail as the system would."""

    def refuse(*_):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "open", refuse)


def test_a_file_is_written_whole_and_for_its_owner_alone(tmp_path):
    target = tmp_path / "ünï cödé.json"
    files.write(target, "Grüße\n")
    assert target.read_text(encoding="utf-8") == "Grüße\n"
    assert target.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [target]


def test_a_disk_that_fills_up_while_writing_keeps_the_old_file(tmp_path, monkeypatch):
    target = tmp_path / "record"
    files.write(target, "old")
    opened = os.open
    monkeypatch.setattr(os, "open", lambda *_: opened("/dev/full", os.O_WRONLY))
    with pytest.raises(InUseError, match="the disk is full") as caught:
        files.write(target, "new")
    assert "free some space" in caught.value.hint
    assert str(target) in caught.value.problem
    assert target.read_text(encoding="utf-8") == "old"


@pytest.mark.parametrize(
    "number, words",
    [
        (errno.EROFS, "the file system is read-only"),
        (errno.EACCES, "permission denied"),
        (errno.ENAMETOOLONG, "the name is too long"),
    ],
)
def test_a_folder_that_cannot_be_written_is_refused_with_the_reason(
    tmp_path, monkeypatch, number, words
):
    fail_with(monkeypatch, number)
    with pytest.raises(UsageError, match=words) as caught:
        files.write(tmp_path / "version", "1")
    assert "--state" in caught.value.hint


def test_a_used_up_quota_is_told_as_such(tmp_path, monkeypatch):
    fail_with(monkeypatch, errno.EDQUOT)
    with pytest.raises(InUseError, match="quota is used up"):
        files.write(tmp_path / "version", "1")


def test_a_reason_that_nobody_foresaw_is_told_in_the_system_s_words(tmp_path, monkeypatch):
    fail_with(monkeypatch, errno.EIO)
    with pytest.raises(UsageError, match=os.strerror(errno.EIO)):
        files.write(tmp_path / "version", "1")


def test_a_folder_below_a_file_is_refused(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(UsageError, match="part of it is not a folder"):
        files.make_folder(tmp_path / "file" / "state")


def test_a_new_folder_is_for_its_owner_alone(tmp_path):
    assert files.make_folder(tmp_path / "a" / "b").stat().st_mode & 0o777 == 0o700
