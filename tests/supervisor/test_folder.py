import json
import os

import pytest

from vedette.errors import InUseError, UsageError
from vedette.supervisor.clock import Clock
from vedette.supervisor.folder import StateFolder


class StoppedClock(Clock):
    """Always the same moment."""

    def stamp(self) -> str:
        """Return that moment."""
        return "2026-01-01T10:00:00.000+00:00"


@pytest.fixture
def folder(tmp_path):
    """A state folder in a home with spaces and letters beyond ASCII."""
    return StateFolder(tmp_path / "hömé of Çelik" / ".vedette")


@pytest.fixture
def held(folder):
    """A state folder whose lock is held for a plan in /srv/models."""
    folder.prepare()
    descriptor = folder.acquire(folder.path.parent / "models", StoppedClock())
    yield folder
    os.close(descriptor)


def test_a_new_folder_gets_its_layout(folder):
    folder.prepare()
    assert (folder.path / "version").read_text(encoding="utf-8") == "1\n"
    assert all(path.is_dir() for path in (folder.data, folder.logs, folder.run))


def test_preparing_twice_keeps_what_is_there(folder):
    folder.prepare()
    (folder.data / "sample").write_text("kept", encoding="utf-8")
    folder.prepare()
    assert (folder.data / "sample").read_text(encoding="utf-8") == "kept"


def test_a_file_in_its_place_is_refused(folder):
    folder.path.parent.mkdir(parents=True)
    folder.path.write_text("", encoding="utf-8")
    with pytest.raises(UsageError, match="is not a folder"):
        folder.prepare()


@pytest.mark.parametrize("found", ["2", "", "\x00\x01binary", "9" * 500])
def test_a_folder_of_another_version_is_left_alone(folder, found):
    folder.path.mkdir(parents=True)
    (folder.path / "version").write_text(found, encoding="utf-8")
    with pytest.raises(UsageError, match="has layout") as caught:
        folder.prepare()
    assert len(caught.value.problem) < 300
    assert not folder.data.exists()


def test_a_second_holder_is_told_who_runs_since_when_and_for_which_plan(held):
    with pytest.raises(InUseError) as caught:
        held.acquire(held.path, Clock())
    for words in (str(os.getpid()), "2026-01-01T10:00:00.000", "models"):
        assert words in caught.value.problem
    assert "vedette down" in caught.value.hint


def test_a_lock_is_free_once_its_holder_is_gone_whatever_the_file_says(folder):
    folder.prepare()
    os.close(folder.acquire(folder.path, StoppedClock()))
    assert (folder.run / "lock").read_text(encoding="utf-8")
    assert folder.holder() is None
    os.close(folder.acquire(folder.path, Clock()))


def test_looking_who_holds_the_lock_does_not_take_it(held):
    holder = held.holder()
    assert holder is not None
    assert holder.pid == os.getpid()
    assert held.holder() == holder


def test_a_held_lock_with_nonsense_in_it_is_still_held(held):
    (held.run / "lock").write_bytes(b"\xff{{{")
    with pytest.raises(InUseError, match="another process"):
        held.acquire(held.path, Clock())


@pytest.mark.parametrize("content", [b"", b"{", b"[1, 2]", b"\xff\xfe", b"null"])
def test_a_record_that_cannot_be_read_counts_as_none(folder, content):
    folder.prepare()
    folder.record.write_bytes(content)
    assert folder.read_record() == {}


def test_a_record_is_read_as_it_was_written(folder):
    folder.prepare()
    folder.record.write_text(json.dumps({"token": "ä"}), encoding="utf-8")
    assert folder.read_record() == {"token": "ä"}
