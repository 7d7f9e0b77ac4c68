"""What could not be handed over waits in a file, whole or not at all."""

import contextlib
import os
import uuid
from collections.abc import Iterable
from pathlib import Path

SUFFIX = ".json"


def keep(name: str, text: bytes, spools: Iterable[Path]) -> Path | None:
    """Write a message where a stack will find it; it then survives a loss of power.

    Args:
        name: Of the file; a message of the same name is the same message.
        text: The message.
        spools: Folders, of which the first that can be written is used.

    Returns:
        The file; None where none of the folders could be written.
    """
    for folder in spools:
        with contextlib.suppress(OSError):
            return _write(folder, name + SUFFIX, text)
    return None


def _write(folder: Path, name: str, text: bytes) -> Path:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = folder / name
    # No reader looks at another suffix.
    beside = folder / f".{name}.{uuid.uuid4().hex}.part"
    try:
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        with os.fdopen(descriptor, "wb") as opened:
            opened.write(text)
            opened.flush()
            os.fsync(descriptor)
        beside.replace(file)
    except OSError:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise
    _settle(folder)
    return file


def _settle(folder: Path) -> None:
    """Make the new name itself durable, where the file system can."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
