"""Ready-made checks: a database, a cache, a GPU, a disk.

Each returns a function for `Health`. Drivers are not imported here: the check calls the object
that the program uses anyway.
"""

import os
from collections.abc import Callable
from importlib import import_module
from typing import Any

from vedette.packs.health.check import Function

_ASK = "SELECT 1"


def database(source: Any) -> Function:
    """Check that a database answers `SELECT 1`.

    Args:
        source: A SQLAlchemy engine, plain or asynchronous; or a function that returns a
            connection as Python's DB-API knows it, which is closed afterwards.
    """
    if hasattr(source, "sync_engine"):
        return lambda: _ask_async(source)
    if hasattr(source, "connect"):
        return lambda: _ask_engine(source)
    return lambda: _ask_connection(source)


def cache(client: Any) -> Function:
    """Check that a cache answers: one with `ping()`, as Redis' clients have, plain or async."""
    return lambda: client.ping()  # noqa: PLW0108 - the client may be patched later


def gpu(*, free_bytes: float = 0.0) -> Function:
    """Check that NVIDIA's driver answers for every GPU; needs `pip install vedette[gpu]`.

    Args:
        free_bytes: How much memory must be free on each.
    """
    return lambda: _ask_gpus(free_bytes)


def disk(path: str, *, free_bytes: float) -> Callable[[], bool]:
    """Check that a file system has room.

    Args:
        path: A path on it.
        free_bytes: How much must be free for this user.
    """

    def ask() -> bool:
        stats = os.statvfs(path)
        return stats.f_bavail * stats.f_frsize >= free_bytes

    return ask


def _ask_engine(engine: Any) -> None:
    with engine.connect() as connection:
        connection.exec_driver_sql(_ASK)


async def _ask_async(engine: Any) -> None:
    async with engine.connect() as connection:
        await connection.exec_driver_sql(_ASK)


def _ask_connection(connect: Callable[[], Any]) -> None:
    connection = connect()
    try:
        connection.cursor().execute(_ASK)
    finally:
        connection.close()


def _ask_gpus(free_bytes: float) -> bool:
    nvml: Any = import_module("pynvml")
    nvml.nvmlInit()
    try:
        count = nvml.nvmlDeviceGetCount()
        handles = [nvml.nvmlDeviceGetHandleByIndex(index) for index in range(count)]
        free = [nvml.nvmlDeviceGetMemoryInfo(handle).free for handle in handles]
    finally:
        nvml.nvmlShutdown()
    return bool(free) and min(free) >= free_bytes
