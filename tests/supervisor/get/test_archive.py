"""Archives: unpacked where they belong, or refused."""

import contextlib
import errno
import io
import shutil
import tarfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.supervisor.get.archive import unpack, unpack_deb, unpack_deb_here
from vedette.supervisor.get.source import UnavailableError


def _hostile(tmp_path, *members: tarfile.TarInfo):
    file = tmp_path / "hostile.tar"
    with tarfile.open(file, "w") as archive:
        for member in members:
            data = io.BytesIO(b"pwned") if member.isreg() else None
            member.size = 5 if data else 0
            archive.addfile(member, data)
    return file


def _member(name: str, kind: bytes = tarfile.REGTYPE, link: str = "") -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.type, member.linkname = kind, link
    return member


def test_only_the_wanted_member_is_unpacked_and_can_be_run(tmp_path, make):
    archive = tmp_path / "a.tar.gz"
    archive.write_bytes(make.tar({"x/program": b"#!/bin/sh\n", "x/LICENSE": b"free"}))

    unpack(archive, tmp_path, only="x/program")

    assert (tmp_path / "x/program").stat().st_mode & 0o111
    assert not (tmp_path / "x/LICENSE").exists()


def test_an_archive_without_the_wanted_member_is_refused(tmp_path, make):
    archive = tmp_path / "a.tar.gz"
    archive.write_bytes(make.tar({"x/other": b""}))

    with pytest.raises(UnavailableError, match="holds no x/program"):
        unpack(archive, tmp_path, only="x/program")


@pytest.mark.parametrize(
    "members",
    [
        (_member("../escaped"),),
        (_member("a/../../escaped"),),
        (_member("/escaped"),),
        (_member("link", tarfile.SYMTYPE, "../.."),),
        (_member("hard", tarfile.LNKTYPE, "../escaped"),),
        (_member("out", tarfile.SYMTYPE, "/"), _member("out/escaped")),
        (_member("file", tarfile.SYMTYPE, "/escaped"), _member("file")),
    ],
    ids=["parent", "through a folder", "absolute", "symlink", "hard link", "folder link", "file"],
)
def test_an_archive_that_leads_outside_is_refused(tmp_path, members):
    into = tmp_path / "deep" / "into"
    into.mkdir(parents=True)

    with pytest.raises(UnavailableError, match="hostile"):
        unpack(_hostile(tmp_path, *members), into)

    assert not list(tmp_path.rglob("escaped"))


@given(st.lists(st.sampled_from(["..", "a", ".", "b"]), min_size=1, max_size=8))
def test_no_member_name_ever_writes_outside(tmp_path_factory, parts):
    top = tmp_path_factory.mktemp("top")
    into = top / "into"
    into.mkdir()
    with contextlib.suppress(UnavailableError):
        unpack(_hostile(into, _member("/".join([*parts, "file"]))), into)
    assert {path for path in top.rglob("file") if not path.is_relative_to(into)} == set()
    shutil.rmtree(top)


@pytest.mark.parametrize("share", [0.0, 0.3, 0.9])
def test_a_truncated_archive_is_called_damaged(tmp_path, make, share):
    whole = make.tar({"x/program": bytes(range(256)) * 400})
    archive = tmp_path / "a.tar.gz"
    archive.write_bytes(whole[: int(len(whole) * share)])

    with pytest.raises(UnavailableError, match="damaged"):
        unpack(archive, tmp_path)


@pytest.mark.parametrize("name", ["a.tar.gz", "a.deb"])
def test_a_full_disk_is_not_blamed_on_the_archive(tmp_path, make, monkeypatch, name):
    archive = tmp_path / name
    archive.write_bytes((make.tar if name == "a.tar.gz" else make.deb)({"x": b"x"}))

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(tarfile.TarFile, "extract", full)

    with pytest.raises(OSError, match="No space left"):
        (unpack if name == "a.tar.gz" else unpack_deb_here)(archive, tmp_path)


@pytest.mark.parametrize("way", [unpack_deb, unpack_deb_here])
def test_a_debian_package_is_unpacked_with_dpkg_or_without(tmp_path, make, way):
    package = tmp_path / "p.deb"
    package.write_bytes(make.deb({"usr/bin/sentry": b"x", "usr/share/doc/odd": b"odd"}))
    into = tmp_path / "into"
    into.mkdir()

    way(package, into)

    assert (into / "usr/bin/sentry").read_bytes() == b"x"
    assert (into / "usr/share/doc/odd").read_bytes() == b"odd"


def test_without_dpkg_on_path_our_own_reader_takes_over(tmp_path, make, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    package = tmp_path / "p.deb"
    package.write_bytes(make.deb({"usr/bin/sentry": b"x"}))

    unpack_deb(package, tmp_path)

    assert (tmp_path / "usr/bin/sentry").read_bytes() == b"x"


@pytest.mark.parametrize("content", [b"", b"not a package", b"!<arch>\n", b"!<arch>\nshort"])
@pytest.mark.parametrize("way", [unpack_deb, unpack_deb_here])
def test_a_file_that_is_no_package_is_called_damaged(tmp_path, content, way):
    package = tmp_path / "p.deb"
    package.write_bytes(content)

    with pytest.raises(UnavailableError, match=r"p\.deb is damaged"):
        way(package, tmp_path)
