"""Several processes of one service: what a process manager's hooks call.

gunicorn, uvicorn and Celery start workers that record each for itself. Set
PROMETHEUS_MULTIPROC_DIR to a folder before the service starts, and a scrape of any worker
tells of all of them, as each metric's `workers` says: counters and histograms are added,
those of workers that ended, too; gauges are those of the living.

In this mode exemplars are forgotten, a gauge that follows a function is asked only in the
worker that answers the scrape, `Monitor.forget` forgets nothing, each worker counts its own
label sets, and what other libraries expose by collectors of their own is not shown. Without
the variable nothing here does anything.
"""

import logging
from pathlib import Path

from vedette import settings

_log = logging.getLogger("vedette")


def shared_folder() -> Path | None:
    """Return where workers share their values; None where each process is alone."""
    named = settings.environment("PROMETHEUS_MULTIPROC_DIR")
    return Path(named) if named else None


def service_starts() -> None:
    """Remove what the workers of an earlier start left; call it before any worker is started.

    It never raises: what cannot be removed is said in the log.
    """
    folder = shared_folder()
    if folder is None:
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for file in folder.glob("*.db"):
            file.unlink(missing_ok=True)
    except OSError as fault:
        _log.warning("vedette could not clear %s: %s", folder, fault)


def worker_ended(pid: int) -> None:
    """Let go of the gauges of a worker that ended; its counters and histograms stay.

    Call it in the process that outlives the worker: `child_exit` of gunicorn. It never raises.

    Args:
        pid: The worker's process id.
    """
    if shared_folder() is None:
        return
    try:
        from vedette.sdk import _backend

        _backend.forget_worker(pid)
    except Exception as fault:  # noqa: BLE001 - a broken monitor never breaks the program
        _log.warning("vedette could not let go of worker %d: %s", pid, fault)
