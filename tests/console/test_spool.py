import fcntl
import json
import logging
import tempfile
import uuid
from pathlib import Path

import pytest

from vedette.console import spool
from vedette.console.handed import Handed


@pytest.fixture
def handed(tmp_path):
    opened = Handed(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def place(tmp_path) -> Path:
    folder = Path(tmp_path / "spool")
    folder.mkdir()
    return folder


def mark(text="v2"):
    made = {"kind": "incident", "text": text, "at": 5, "module": "", "model": ""}
    return json.dumps({"format": 1, "mark": {"id": uuid.uuid4().hex, **made}})


def texts(handed):
    return [one.text for one in handed.marks(0, 10)]


def test_what_waits_is_taken_once_and_removed(handed, place):
    (place / "a.json").write_text(mark())
    assert spool.drain(handed, [place]) == 1
    assert spool.drain(handed, [place]) == 0
    assert texts(handed) == ["v2"]
    assert list(place.iterdir()) == []


def test_what_is_still_being_written_is_left_alone(handed, place):
    (place / ".a.json.part").write_text(mark())
    assert spool.drain(handed, [place]) == 0
    assert len(list(place.iterdir())) == 1


def test_what_cannot_be_read_is_put_aside_and_holds_up_nobody(handed, place, caplog):
    (place / "a.json").write_text("nonsense")
    (place / "b.json").write_text(mark())
    with caplog.at_level(logging.WARNING):
        assert spool.drain(handed, [place]) == 1
    assert [file.name for file in (place / "refused").iterdir()] == ["a.json"]
    assert "it is no JSON" in caplog.text


def test_a_file_that_is_no_file_is_left_alone(handed, place, tmp_path):
    (tmp_path / "elsewhere").write_text(mark("elsewhere"))
    (place / "a.json").symlink_to(tmp_path / "elsewhere")
    (place / "b.json").mkdir()
    (place / "c.json").write_text(mark())
    assert spool.drain(handed, [place]) == 1
    assert texts(handed) == ["v2"]


def test_what_another_stack_is_taking_is_left_to_it(handed, place):
    with (place / "a.json").open("w+") as file:
        file.write(mark())
        file.flush()
        fcntl.flock(file, fcntl.LOCK_EX)
        assert spool.drain(handed, [place]) == 0
    assert spool.drain(handed, [place]) == 1


def test_a_file_beyond_all_measure_is_put_aside(handed, place, monkeypatch):
    monkeypatch.setattr(spool, "_LARGEST", 10)
    (place / "a.json").write_text(mark())
    assert spool.drain(handed, [place]) == 0
    assert (place / "refused" / "a.json").exists()


def test_folders_that_are_not_there_are_nothing(handed, tmp_path):
    assert spool.drain(handed, [tmp_path / "none"]) == 0


def test_a_lasting_stack_takes_what_waits_for_its_user_and_a_trial_does_not(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "user"))
    trial = spool.folders(tmp_path / "shop" / ".vedette")
    assert trial == (tmp_path / "shop" / ".vedette" / "spool",)
    monkeypatch.setattr(tempfile, "gettempdir", lambda: str(tmp_path / "tmp"))
    lasting = spool.folders(tmp_path / "shop" / ".vedette")
    assert lasting == (*trial, tmp_path / "user" / "vedette" / "spool")
