import errno
import os

import pytest

from vedette.errors import InUseError
from vedette.supervisor import generations


def test_files_are_used_only_after_the_swap(tmp_path):
    first = generations.stage(tmp_path, {"prometheus": {"rules/a.yml": "one"}})
    assert generations.current(tmp_path) is None
    generations.swap(tmp_path, first)
    read = tmp_path / "config" / "prometheus" / "rules" / "a.yml"
    second = generations.stage(tmp_path, {"prometheus": {"rules/a.yml": "two"}})
    assert read.read_text() == "one"
    generations.swap(tmp_path, second)
    assert read.read_text() == "two"
    generations.swap(tmp_path, first)
    assert read.read_text() == "one"
    assert generations.current(tmp_path) == first


def test_the_files_are_for_their_owner_alone(tmp_path):
    staged = generations.stage(tmp_path, {"prometheus": {"web.yml": "secret"}})
    assert (staged / "prometheus" / "web.yml").stat().st_mode & 0o777 == 0o600
    assert staged.stat().st_mode & 0o777 == 0o700


def test_old_generations_are_removed_and_the_one_in_use_is_not(tmp_path):
    first = generations.stage(tmp_path, {})
    second = generations.stage(tmp_path, {})
    assert first != second
    generations.swap(tmp_path, second)
    generations.drop_all_but(tmp_path, second)
    assert list(tmp_path.glob("config-*")) == [second]


def test_a_disk_that_fills_while_files_are_written_leaves_nothing(tmp_path, monkeypatch):
    real = os.open

    def full(path, *rest, **named):
        if "b.yml" in str(path):
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(path, *rest, **named)

    monkeypatch.setattr(os, "open", full)
    with pytest.raises(InUseError, match="the disk is full"):
        generations.stage(tmp_path, {"prometheus": {"a.yml": "", "b.yml": ""}})
    assert list(tmp_path.iterdir()) == []
