"""The one place that writes files below a state folder, and explains why it cannot."""

import contextlib
import errno
import os
from pathlib import Path

from vedette.errors import InUseError, UsageError, VedetteError

_REASONS = {
    errno.ENOSPC: ("the disk is full", "free some space, or use another folder with --state"),
    errno.EDQUOT: ("your disk quota is used up", "free some space, or use another folder"),
    errno.EROFS: ("the file system is read-only", "use another folder with --state"),
    errno.EACCES: ("permission denied", "mend its rights, or use another folder with --state"),
    errno.EPERM: ("permission denied", "mend its rights, or use another folder with --state"),
    errno.ENAMETOOLONG: ("the name is too long", "use a shorter folder with --state"),
    errno.ENOTDIR: ("part of it is not a folder", "use another folder with --state"),
    errno.EEXIST: ("part of it is not a folder", "use another folder with --state"),
}


def make_folder(path: Path) -> Path:
    """Create a folder, readable only by its owner, with those above it.

    Raises:
        VedetteError: it cannot be created, with the reason and what to do.
    """
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        refused = refusal("create the folder", path, error)
        raise refused from error
    return path


def write(path: Path, text: str) -> None:
    """Write a text file so that a reader sees the old one or the new one, never a part.

    Raises:
        VedetteError: it cannot be written, with the reason and what to do.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
        beside.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            beside.unlink()
        refused = refusal("write", path, error)
        raise refused from error


def refusal(verb: str, path: Path, error: OSError) -> VedetteError:
    """Return the error that tells a person why `verb` failed on `path`."""
    words, hint = _REASONS.get(error.errno or 0, (error.strerror or str(error), "mend the folder"))
    full = error.errno in {errno.ENOSPC, errno.EDQUOT}
    kind = InUseError if full else UsageError
    return kind(f"cannot {verb} {path}: {words}", hint=hint)
