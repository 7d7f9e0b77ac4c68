"""The cache: what is in it, and whether it is still what was stored."""

import json

import pytest

from vedette.model.version import Version
from vedette.supervisor.get import cache


@pytest.fixture
def entry(tmp_path, make):
    """Store a program of a version, and return its folder."""

    def store(version: str = "1.2.3", *, rooted: bool = False):
        with cache.scratch(tmp_path, "sentry") as folder:
            make.executable(folder / "bin/sentry", make.script(version))
            manifest = cache.Manifest(
                program="sentry",
                version=version,
                source="release",
                origin="this test",
                binary="bin/sentry",
                rooted=rooted,
                sha256={"bin/sentry": cache.sha256(folder / "bin/sentry")},
            )
            cache.write(folder, manifest)
            return cache.adopt(folder, f"{version}-release")

    return store


def test_an_entry_tells_version_path_and_origin(tmp_path, entry):
    folder = entry()

    (found,) = cache.entries(tmp_path, "sentry")

    installed = found.installed()
    assert installed
    assert installed.version == Version(1, 2, 3)
    assert installed.path == folder / "bin/sentry"
    assert (installed.source, installed.detail, installed.root) == ("cache", "this test", None)
    assert found.fault() == ""


def test_an_entry_that_must_start_from_its_folder_says_so(tmp_path, entry):
    folder = entry(rooted=True)

    installed = cache.entries(tmp_path, "sentry")[0].installed()

    assert installed
    assert installed.root == folder


def test_the_newest_version_comes_first_by_number_not_by_letter(tmp_path, entry):
    for version in ("1.9.0", "1.10.0", "1.2.0"):
        entry(version)

    versions = [found.folder.name for found in cache.entries(tmp_path, "sentry")]

    assert versions == ["1.10.0-release", "1.9.0-release", "1.2.0-release"]


def test_a_changed_binary_is_a_fault(tmp_path, entry):
    folder = entry()
    (folder / "bin/sentry").write_bytes(b"other")

    assert "SHA-256 differs" in cache.entries(tmp_path, "sentry")[0].fault()


def test_a_lost_binary_is_a_fault(tmp_path, entry):
    folder = entry()
    (folder / "bin/sentry").unlink()

    assert cache.entries(tmp_path, "sentry")[0].fault().endswith("is gone")


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", json.dumps({"version": 1}), "\x00"])
def test_a_damaged_manifest_is_a_fault_and_no_traceback(tmp_path, entry, text):
    (entry() / "manifest.json").write_text(text)

    (found,) = cache.entries(tmp_path, "sentry")

    assert "manifest.json is missing or damaged" in found.fault()
    assert found.installed() is None


def test_an_unfinished_scratch_folder_is_no_entry_and_vanishes(tmp_path):
    def work() -> None:
        with cache.scratch(tmp_path, "sentry") as folder:
            (folder / "half").touch()
            assert cache.entries(tmp_path, "sentry") == []
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        work()
    assert list(cache.home(tmp_path, "sentry").iterdir()) == []


def test_a_new_entry_replaces_the_damaged_one_of_its_name(tmp_path, entry):
    (entry() / "bin/sentry").write_bytes(b"other")

    folder = entry()

    assert cache.entries(tmp_path, "sentry")[0].fault() == ""
    assert list(cache.home(tmp_path, "sentry").iterdir()) == [folder]


def test_the_names_of_the_programs_in_it_are_known(tmp_path, entry):
    assert cache.known(tmp_path) == []
    entry()
    assert cache.known(tmp_path) == ["sentry"]


def test_archives_are_kept_while_another_process_may_need_them(tmp_path):
    with cache.downloads(tmp_path) as first:
        with cache.downloads(tmp_path):
            assert not first()
        assert first()
