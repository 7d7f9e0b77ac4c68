"""Take in what waits in files: of jobs that ended while the console was away, or was slow."""

import asyncio
import contextlib
import fcntl
import logging
import os
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from vedette.console.handed import Handed
from vedette.errors import VedetteError
from vedette.sdk.handover_place import SPOOL, user_folder
from vedette.sdk.handover_spool import SUFFIX

_EVERY_SECONDS = 2.0
_TIDY_SECONDS = 60.0
_LARGEST = 64_000_000
_REFUSED = "refused"

_log = logging.getLogger("vedette.console")


def folders(state: Path) -> tuple[Path, ...]:
    """Return the folders that a stack takes from: its own, and its user's.

    A stack below the folder for temporary files is a trial, and leaves alone what other
    programs of the same user left for the lasting one.
    """
    own = state / SPOOL
    trial = Path(tempfile.gettempdir()).resolve() in state.resolve().parents
    return (own,) if trial else (own, user_folder() / SPOOL)


def drain(handed: Handed, places: Iterable[Path]) -> int:
    """Take every message that waits, each once; what cannot be read is put aside.

    Returns:
        How many were taken.
    """
    taken = 0
    for place in places:
        try:
            waiting = sorted(path for path in place.iterdir() if path.suffix == SUFFIX)
        except OSError:
            continue  # nothing was ever left there
        for path in waiting:
            # Another one's fault must not keep those behind it waiting.
            with contextlib.suppress(OSError):
                taken += _take(handed, path)
    return taken


async def watch(handed: Handed) -> None:
    """Take what waits, now and again and again, until it is cancelled."""
    places = folders(handed.state)
    tidied = 0.0
    while True:
        try:
            await asyncio.to_thread(drain, handed, places)
            if time.monotonic() - tidied > _TIDY_SECONDS:
                tidied = time.monotonic()
                await asyncio.to_thread(handed.tidy)
        except Exception as fault:  # noqa: BLE001 - the next time may do better
            _log.warning("what jobs left in files could not be taken: %s", fault)
        await asyncio.sleep(_EVERY_SECONDS)


def _take(handed: Handed, path: Path) -> bool:
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK)
    with os.fdopen(descriptor, "rb") as file:
        try:
            # Two stacks of one user may look at once; one of them takes it.
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        if not path.exists():
            return False
        if os.fstat(descriptor).st_size > _LARGEST:
            _put_aside(path, f"it is longer than {_LARGEST:,} bytes")
            return False
        try:
            handed.take(file.read())
        except VedetteError as error:
            _put_aside(path, error.problem)
            return False
        path.unlink()
    return True


def _put_aside(path: Path, why: str) -> None:
    folder = path.parent / _REFUSED
    folder.mkdir(mode=0o700, exist_ok=True)
    path.rename(folder / path.name)
    _log.warning("%s was put aside in %s: %s", path.name, folder, why)
