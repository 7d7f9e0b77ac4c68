"""SQLAlchemy against SQLite in memory and a real PostgreSQL server."""

import asyncio
import gc
import re
import subprocess
import sys
import threading

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError, ProgrammingError
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import QueuePool

from vedette.integrations.sqlalchemy import instrument
from vedette.packs.database.record import operation
from vedette.sdk.monitor import Monitor


@pytest.fixture
def monitor():
    return Monitor(isolated=True)


@pytest.fixture
def address(postgres):
    return f"postgresql+psycopg://postgres@127.0.0.1:{postgres.port}/postgres"


def value(monitor, name, **labels):
    """One sample of what the monitor exposes; None where it has no such series."""
    for line in monitor.expose().body.decode().splitlines():
        found = re.fullmatch(rf"{name}(?:\{{(.*)\}})? (\S+)", line)
        if found and dict(re.findall(r'(\w+)="([^"]*)"', found[1] or "")) == labels:
            return float(found[2])
    return None


def count(monitor, database, operation):
    labels = {"database": database, "operation": operation}
    return value(monitor, "database_query_duration_seconds_count", **labels)


def errors(monitor, database, operation):
    labels = {"database": database, "operation": operation}
    return value(monitor, "database_query_errors_total", **labels)


def test_every_query_is_counted_by_what_it_does(monitor, address):
    engine = create_engine(address)
    instrument(engine, monitor=monitor)
    with engine.begin() as connection:
        connection.execute(text("CREATE TEMPORARY TABLE t (n int)"))
        connection.execute(text("INSERT INTO t VALUES (:n)"), [{"n": n} for n in range(10)])
        assert connection.execute(text("  /* why */ SELECT sum(n) FROM t")).scalar() == 45
        connection.execute(text("SELECT pg_sleep(0.05)"))
    engine.dispose()

    assert count(monitor, "postgres", "create") == 1
    assert count(monitor, "postgres", "insert") == 1  # ten rows, one statement
    assert count(monitor, "postgres", "select") == 2
    labels = {"database": "postgres", "operation": "select"}
    seconds = value(monitor, "database_query_duration_seconds_sum", **labels)
    assert seconds is not None
    assert seconds >= 0.05


def test_a_query_that_fails_is_an_error_and_still_raises(monitor, address):
    engine = create_engine(address)
    instrument(engine, monitor=monitor)
    with engine.connect() as connection, pytest.raises(ProgrammingError):
        connection.execute(text("SELECT nothing FROM nowhere"))
    engine.dispose()

    assert errors(monitor, "postgres", "select") == 1
    assert count(monitor, "postgres", "select") == 1


def test_a_database_that_cannot_be_reached_is_a_failed_connect(monitor, free_port):
    engine = create_engine(f"postgresql+psycopg://me@127.0.0.1:{free_port}/orders")
    instrument(engine, monitor=monitor)
    with pytest.raises(OperationalError):
        engine.connect()

    assert errors(monitor, "orders", "connect") == 1


def test_an_asynchronous_engine_is_watched_like_any_other(monitor, address):
    engine = create_async_engine(address)
    instrument(engine, monitor=monitor)

    async def ask():
        async with engine.connect() as connection:
            await connection.execute(text("SELECT 1"))
        await engine.dispose()

    asyncio.run(ask())
    assert count(monitor, "postgres", "select") == 1


def test_the_pool_says_what_is_in_use_what_it_may_hold_and_who_waits(monitor, address):
    engine = create_engine(address, pool_size=1, max_overflow=1, pool_timeout=30)
    instrument(engine, monitor=monitor)
    first, second = engine.connect(), engine.connect()
    assert value(monitor, "database_pool_size", database="postgres") == 2
    assert value(monitor, "database_pool_in_use", database="postgres") == 2

    late = threading.Thread(target=lambda: engine.connect().close())
    late.start()
    while value(monitor, "database_pool_waiting", database="postgres") != 1:
        assert late.is_alive()
    first.close()
    late.join()
    assert value(monitor, "database_pool_waiting", database="postgres") == 0
    assert value(monitor, "database_pool_wait_seconds_count", database="postgres") == 3

    second.close()
    assert value(monitor, "database_pool_in_use", database="postgres") == 0
    engine.dispose()


def test_a_pool_is_still_watched_after_the_engine_was_disposed(monitor):
    engine = create_engine("sqlite:///:memory:", poolclass=QueuePool, pool_size=3, max_overflow=0)
    instrument(engine, monitor=monitor)
    with engine.connect():
        pass
    engine.dispose()
    gc.collect()  # the old pool
    with engine.connect():
        assert value(monitor, "database_pool_in_use", database=":memory:") == 1
    assert value(monitor, "database_pool_size", database=":memory:") == 3
    engine.dispose()


def test_watching_an_engine_twice_counts_once(monitor):
    engine = create_engine("sqlite://")
    instrument(engine, monitor=monitor)
    instrument(engine, monitor=monitor)
    with engine.connect() as connection:
        connection.execute(text("SELECT 1"))
    assert count(monitor, "sqlite", "select") == 1
    engine.dispose()


def test_without_an_engine_all_of_the_process_are_watched_also_later_ones(tmp_path):
    program = f"""
from sqlalchemy import create_engine, text
from vedette.integrations.sqlalchemy import instrument
from vedette.sdk.monitor import default_monitor
early = create_engine("sqlite:///{tmp_path}/early.db")
instrument(); instrument(); instrument(early)
for engine in (early, create_engine("sqlite://")):
    with engine.connect() as connection:
        connection.execute(text("SELECT 1"))
print(default_monitor().expose().body.decode())
"""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program], capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    counted = re.findall(
        r'duration_seconds_count\{database="([^"]+)",operation="select"\} (\S+)', done.stdout
    )
    assert sorted(counted) == [("early.db", "1.0"), ("sqlite", "1.0")]


@pytest.mark.parametrize(
    "statement,name",
    [
        ("select 1", "select"),
        ("-- a comment\nUPDATE t SET n = 1", "update"),
        ("/* one */ /* two */ (SELECT 1) UNION (SELECT 2)", "select"),
        ("WITH x AS (SELECT 1) SELECT * FROM x", "with"),
        ("VACUUM", "other"),
        ("", "other"),
        ("-- only a comment", "other"),
        ("x" * 100_000, "other"),
    ],
)
def test_the_first_word_says_what_a_statement_does(statement, name):
    assert operation(statement) == name
