import errno
import os
import stat

import pytest

from vedette.sdk import handover_spool


def test_a_message_is_a_file_of_its_owner_and_nothing_is_left_beside_it(tmp_path):
    spool = tmp_path / "a" / "b"
    file = handover_spool.keep("name", b"text", [spool])
    assert file is not None
    assert file.read_bytes() == b"text"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(spool.stat().st_mode) == 0o700
    assert list(spool.iterdir()) == [file]


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES])
def test_a_folder_that_refuses_leaves_it_to_the_next(tmp_path, monkeypatch, number):
    real = os.open

    def refusing(path, *rest, **more):
        if "full" in str(path):
            raise OSError(number, os.strerror(number))
        return real(path, *rest, **more)

    monkeypatch.setattr(os, "open", refusing)
    places = [tmp_path / "full", tmp_path / "free"]
    file = handover_spool.keep("name", b"text", places)
    assert file == tmp_path / "free" / "name.json"
    assert list((tmp_path / "full").iterdir()) == []


def test_a_disk_that_fills_while_it_is_written_leaves_no_half_message(tmp_path, monkeypatch):
    def full(_):
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "fsync", full)
    assert handover_spool.keep("name", b"text", [tmp_path / "spool"]) is None
    assert list((tmp_path / "spool").iterdir()) == []


def test_where_no_folder_can_be_written_nothing_is_raised(tmp_path):
    (tmp_path / "file").write_text("")
    assert handover_spool.keep("name", b"text", [tmp_path / "file"]) is None
