import errno
import os
from pathlib import Path

import pytest

from vedette.errors import InUseError, UsageError
from vedette.supervisor.clock import Clock
from vedette.supervisor.folder import StateFolder


@pytest.fixture
def folder(tmp_path):
    return StateFolder(tmp_path / "with spaces ü" / ".vedette")


def _refuse(monkeypatch, name, number):
    """Let every call of a function of `os` on a state folder fail as a bad disk does."""
    real = getattr(os, name)

    def refused(path, *rest, **named):
        if ".vedette" in str(path):
            raise OSError(number, os.strerror(number), str(path))
        return real(path, *rest, **named)

    monkeypatch.setattr(os, name, refused)


def test_a_new_folder_is_prepared_for_its_owner_alone(folder):
    folder.prepare()
    assert (folder.path / "version").read_text() == "1\n"
    for place in (folder.path, folder.data, folder.logs, folder.run):
        assert place.stat().st_mode & 0o777 == 0o700


def test_a_file_in_place_of_the_folder_is_refused(folder):
    folder.path.parent.mkdir()
    folder.path.write_text("")
    with pytest.raises(UsageError, match="is not a folder"):
        folder.prepare()


def test_the_layout_of_another_version_is_refused_and_left_alone(folder):
    folder.prepare()
    (folder.path / "version").write_text("2\n")
    with pytest.raises(UsageError, match="has layout '2'; this version has '1'") as refused:
        folder.prepare()
    assert "another folder with --state" in refused.value.hint
    assert (folder.path / "version").read_text() == "2\n"


@pytest.mark.parametrize(
    "number,words",
    [(errno.EROFS, "the file system is read-only"), (errno.EACCES, "permission denied")],
)
def test_a_folder_that_may_not_be_written_is_told_in_words(folder, monkeypatch, number, words):
    _refuse(monkeypatch, "mkdir", number)
    with pytest.raises(UsageError, match=words) as refused:
        folder.prepare()
    assert str(folder.path) in refused.value.problem
    assert "--state" in refused.value.hint


def test_a_full_disk_is_told_in_words_and_leaves_no_rest(folder, monkeypatch):
    folder.prepare()
    before = sorted(folder.path.rglob("*"))
    _refuse(monkeypatch, "open", errno.ENOSPC)
    with pytest.raises(InUseError, match="the disk is full") as refused:
        folder.prepare()
    assert "free some space" in refused.value.hint
    assert sorted(folder.path.rglob("*")) == before


def test_the_lock_is_held_by_one_and_freed_with_its_descriptor(folder):
    folder.prepare()
    lock = folder.acquire(Path("/home/me"), Clock())
    holder = folder.holder()
    assert holder is not None
    assert (holder.pid, holder.home) == (os.getpid(), "/home/me")
    with pytest.raises(InUseError, match=f"process {os.getpid()} since 2.*for /home/me"):
        folder.acquire(Path("/home/other"), Clock())
    os.close(lock)
    assert folder.holder() is None
    os.close(folder.acquire(Path("/home/other"), Clock()))


def test_an_unreadable_record_is_no_record(folder):
    folder.prepare()
    assert folder.read_record() == {}
    for text in ("", "{", "[1]", "\0"):
        folder.record.write_text(text)
        assert folder.read_record() == {}
