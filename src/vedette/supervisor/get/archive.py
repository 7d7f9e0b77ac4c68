"""Unpack archives whose makers we trust less than their checksums."""

import errno
import io
import lzma
import shutil
import tarfile
import zlib
from pathlib import Path, PurePosixPath
from typing import IO

from vedette.process.run import run
from vedette.supervisor.get.source import UnavailableError

_UNPACK_SECONDS = 300.0
_AR_MAGIC = b"!<arch>\n"
_AR_HEADER = 60
# What the system refuses is no fault of the archive.
_OURS = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO}
_BROKEN = (tarfile.TarError, EOFError, OSError, zlib.error, lzma.LZMAError, ValueError)


def unpack(archive: Path, into: Path, only: str = "") -> None:
    """Unpack a tar archive, whatever its compression.

    Args:
        archive: The file.
        into: An existing folder; nothing is written outside of it.
        only: The one member that is wanted; empty for all.

    Raises:
        UnavailableError: the archive is damaged, or a member points outside of the folder.
    """
    try:
        with tarfile.open(archive, "r:*") as tar:
            _extract(tar, into, only)
    except _BROKEN as error:
        raise _damaged(archive, error) from None


def unpack_deb(package: Path, into: Path) -> None:
    """Unpack the files of a Debian package, with dpkg-deb where there is one.

    Raises:
        UnavailableError: the package is damaged, or its compression is not known here.
    """
    tool = shutil.which("dpkg-deb")
    if tool is None:
        unpack_deb_here(package, into)
        return
    done = run([tool, "-x", package, into], timeout=_UNPACK_SECONDS)
    if done.returncode != 0:
        raise UnavailableError(reason=f"{package.name} is damaged: {done.stderr.strip()}")


def unpack_deb_here(package: Path, into: Path) -> None:
    """Unpack a Debian package without dpkg: an `ar` archive around a tar archive.

    Raises:
        UnavailableError: the package is damaged, or its compression is not known here.
    """
    try:
        name, data = _ar_member(package, "data.tar")
        if name.endswith(".zst"):
            reason = f"{package.name} is compressed with zstd, which only dpkg-deb unpacks here"
            raise UnavailableError(reason=reason, remedy="install dpkg")
        with tarfile.open(fileobj=io.BytesIO(data), mode="r:*") as tar:
            _extract(tar, into, "")
    except _BROKEN as error:
        raise _damaged(package, error) from None


def _damaged(archive: Path, error: Exception) -> Exception:
    if isinstance(error, OSError) and error.errno in _OURS:
        return error
    return UnavailableError(reason=f"{archive.name} is damaged: {error}")


def _ar_member(package: Path, prefix: str) -> tuple[str, bytes]:
    with package.open("rb") as stream:
        if stream.read(len(_AR_MAGIC)) != _AR_MAGIC:
            problem = "it is no Debian package"
            raise ValueError(problem)
        while len(header := stream.read(_AR_HEADER)) == _AR_HEADER:
            name = header[:16].decode("ascii").strip().rstrip("/")
            size = int(header[48:58])
            if name.startswith(prefix):
                return name, _exactly(stream, size)
            stream.seek(size + size % 2, io.SEEK_CUR)
    problem = f"it holds no {prefix}"
    raise ValueError(problem)


def _exactly(stream: IO[bytes], size: int) -> bytes:
    data = stream.read(size)
    if len(data) != size:
        problem = "it ends too early"
        raise EOFError(problem)
    return data


def _extract(tar: tarfile.TarFile, into: Path, only: str) -> None:
    found = False
    for member in tar:
        if only and member.name.removeprefix("./") != only:
            continue
        _refuse_escape(member, into)
        if member.isdev():
            continue
        # Python 3.11.2, which Debian 12 has, does not know `filter`; ours stands above.
        if hasattr(tarfile, "tar_filter"):
            tar.extract(member, into, filter="tar")
        else:
            tar.extract(member, into)
        found = True
    if only and not found:
        raise UnavailableError(reason=f"the archive holds no {only}")


def _refuse_escape(member: tarfile.TarInfo, into: Path) -> None:
    names = [PurePosixPath(member.name)]
    if member.issym() and not member.linkname.startswith("/"):
        names.append(names[0].parent / member.linkname)
    elif member.islnk():
        names.append(PurePosixPath(member.linkname))
    # A symbolic link to an absolute path is common in packages and harmless by itself; what
    # must not happen is that a later member is written through it.
    written = (into / member.name).parent.resolve()
    through = not written.is_relative_to(into.resolve()) or (into / member.name).is_symlink()
    if through or any(name.is_absolute() or _climbs(name) for name in names):
        raise UnavailableError(reason=f"the archive is hostile: {member.name} leads outside of it")


def _climbs(path: PurePosixPath) -> bool:
    depth = 0
    for part in path.parts:
        depth += -1 if part == ".." else 1
        if depth < 0:
            return True
    return False
