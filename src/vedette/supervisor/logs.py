"""The programs' logs: kept small, quoted in errors, read and followed by `vedette logs`."""

import contextlib
import os
import re
import shutil
from pathlib import Path

MOST_BYTES = 10 * 1024 * 1024
KEPT = 3
_TAIL_BYTES = 64 * 1024


def rotate(log: Path, most_bytes: int = MOST_BYTES, kept: int = KEPT) -> bool:
    """Move a log aside once it is too large, without the program noticing.

    The program holds the file open for appending, so its content is copied and the file
    emptied: the next line lands at the new beginning. Lines written in between the two
    steps are lost.

    Args:
        log: The file.
        most_bytes: It is rotated when it is larger.
        kept: How many older ones stay, `.1` being the newest.

    Returns:
        True where it was rotated.
    """
    with contextlib.suppress(FileNotFoundError):
        if log.stat().st_size > most_bytes:
            for number in range(kept - 1, 0, -1):
                with contextlib.suppress(FileNotFoundError):
                    numbered(log, number).replace(numbered(log, number + 1))
            shutil.copyfile(log, numbered(log, 1))
            numbered(log, 1).chmod(0o600)
            os.truncate(log, 0)
            return True
    return False


def numbered(log: Path, number: int) -> Path:
    """Return the name of an older log."""
    return log.with_name(f"{log.name}.{number}")


def size(log: Path) -> int:
    """Return the length of a log in bytes; 0 where there is none."""
    try:
        return log.stat().st_size
    except OSError:
        return 0


def tail(
    log: Path, lines: int, *, since: int = 0, until: int | None = None, pattern: str = ""
) -> list[str]:
    """Return the last lines of a log.

    Args:
        log: The file; a missing one has no lines.
        lines: How many at most.
        since: Offset in bytes before which nothing is read.
        until: Offset in bytes after which nothing is read; None for the end.
        pattern: Regular expression that a line must contain; empty for all.
    """
    wanted = re.compile(pattern)
    window = None if pattern else _TAIL_BYTES
    text = _read_end(log, since=since, until=until, window=window)
    return [line for line in text.splitlines() if wanted.search(line)][-lines:] if lines else []


def _read_end(log: Path, *, since: int, until: int | None, window: int | None) -> str:
    try:
        with log.open("rb") as file:
            end = file.seek(0, os.SEEK_END)
            length = end if until is None else min(until, end)
            start = since if since <= length else 0
            begin = max(start, length - window) if window else start
            file.seek(begin)
            if begin > start:
                file.readline()  # the rest of a line that began earlier
            return file.read(max(length - file.tell(), 0)).decode(errors="replace")
    except OSError:
        return ""


class Follower:
    """Gives what was appended to a log since it was last asked, across rotations."""

    def __init__(self, log: Path) -> None:
        self._log = log
        self._offset = size(log)
        self._rest = b""

    @property
    def offset(self) -> int:
        """Up to which byte the log is known; what comes after it is still to be given."""
        return self._offset

    def lines(self) -> list[str]:
        """Return the complete lines that came since the last call."""
        length = size(self._log)
        if length < self._offset:  # it was emptied by a rotation
            self._offset, self._rest = 0, b""
        if length == self._offset:
            return []
        try:
            with self._log.open("rb") as file:
                file.seek(self._offset)
                chunk = file.read(length - self._offset)
        except OSError:
            return []
        self._offset += len(chunk)
        *whole, self._rest = (self._rest + chunk).split(b"\n")
        return [line.decode(errors="replace") for line in whole]
