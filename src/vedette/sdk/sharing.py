"""Let the processes of one service share what they record, without a variable set by hand.

For those who start workers: gunicorn's master, Celery's main process. See `sdk.workers` for
what sharing means.
"""

import atexit
import logging
import os
import shutil
import sys
import tempfile
from pathlib import Path

from vedette import settings
from vedette.sdk.workers import shared_folder, worker_ended

_VARIABLE = "PROMETHEUS_MULTIPROC_DIR"
_log = logging.getLogger("vedette")


def share() -> Path:
    """Give this process and those that it starts a folder to share; twice changes nothing.

    Call it before anything is recorded: best before `prometheus_client` is imported.

    Returns:
        The folder. Where this process records for itself already it goes on to, and says so
        in the log; its children share.
    """
    known = shared_folder()
    if known is not None:
        return known
    folder = Path(tempfile.mkdtemp(prefix="vedette-workers-"))
    settings.hand_down(_VARIABLE, str(folder))
    if "prometheus_client" in sys.modules and not _switched():
        _log.warning("workers cannot share: set %s before the start", _VARIABLE)
    remove_at_exit(folder)
    return folder


def remove_at_exit(folder: str | Path) -> None:
    """Remove a folder when this process ends; not when a child of it does."""
    atexit.register(_remove, Path(folder), os.getpid())


def forget_the_dead() -> None:
    """Let go of the gauges of every process that shared them and is not there any more.

    For services whose manager tells nobody that a worker has ended. It never raises.
    """
    folder = shared_folder()
    if folder is None:
        return
    files = folder.glob("gauge_live*_*.db")
    for pid in {int(file.stem.rpartition("_")[2]) for file in files}:
        if not _lives(pid):
            worker_ended(pid)


def _switched() -> bool:
    from vedette.sdk import _backend

    return _backend.share()


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _remove(folder: Path, pid: int) -> None:
    if os.getpid() == pid:  # workers inherit this, and leave earlier
        shutil.rmtree(folder, ignore_errors=True)
