import asyncio
import sqlite3
import sys
import types

import pytest
import sqlalchemy
from sqlalchemy.pool import NullPool

from vedette.packs.health.checks import cache, database, disk, gpu
from vedette.packs.health.record import Health
from vedette.sdk.monitor import Monitor


def _passes(check):
    return Health(monitor=Monitor(isolated=True), it=check, timeout=10).run().passing


def test_a_database_is_asked_through_an_engine(tmp_path):
    def engine(path):
        return sqlalchemy.create_engine(f"sqlite:///{path}", poolclass=NullPool)

    assert _passes(database(engine(tmp_path / "data.db")))
    assert not _passes(database(engine(tmp_path / "missing" / "data.db")))


def test_a_database_is_asked_through_a_connection_that_is_closed_afterwards(tmp_path):
    made = []

    def connect():
        made.append(sqlite3.connect(tmp_path / "data.db"))
        return made[-1]

    database(connect)()
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        made[0].execute("SELECT 1")


class _Client:
    def __init__(self, answer):
        self._answer = answer

    def ping(self):
        if isinstance(self._answer, Exception):
            raise self._answer
        return self._answer


def test_a_cache_is_asked_for_a_ping_plain_or_asynchronous():
    async def pong():
        await asyncio.sleep(0)
        return True

    assert _passes(cache(_Client(True)))
    assert _passes(cache(_Client(pong())))
    assert not _passes(cache(_Client(ConnectionError())))


def test_a_disk_with_too_little_room_fails(tmp_path):
    assert _passes(disk(str(tmp_path), free_bytes=1))
    assert not _passes(disk(str(tmp_path), free_bytes=1e30))


def _driver(*free):
    return types.SimpleNamespace(
        nvmlInit=lambda: None,
        nvmlShutdown=lambda: None,
        nvmlDeviceGetCount=lambda: len(free),
        nvmlDeviceGetHandleByIndex=lambda index: index,
        nvmlDeviceGetMemoryInfo=lambda handle: types.SimpleNamespace(free=free[handle]),
    )


def test_every_gpu_must_answer_and_have_room(monkeypatch):
    monkeypatch.setitem(sys.modules, "pynvml", _driver(8e9, 4e9))
    assert _passes(gpu())
    assert _passes(gpu(free_bytes=4e9))
    assert not _passes(gpu(free_bytes=5e9))
    monkeypatch.setitem(sys.modules, "pynvml", _driver())
    assert not _passes(gpu())


def test_a_machine_without_a_driver_fails_the_check(monkeypatch):
    monkeypatch.setitem(sys.modules, "pynvml", None)
    assert not _passes(gpu())
