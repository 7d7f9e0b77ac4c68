"""The checks of `/health` against a real PostgreSQL and a real Redis server."""

import re

import pytest
import redis
from sqlalchemy import create_engine
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from vedette.packs.health.checks import cache, database
from vedette.packs.health.record import Health
from vedette.sdk.monitor import Monitor


@pytest.fixture
def monitor():
    return Monitor(isolated=True)


def told(monitor, name):
    """A metric's value by check."""
    text = monitor.expose().body.decode()
    return {
        check: float(value) for check, value in re.findall(rf'{name}{{check="(\w+)"}} (\S+)', text)
    }


def health(monitor, database_port, cache_port):
    address = f"postgresql+psycopg://postgres@127.0.0.1:{database_port}/postgres"
    return Health(
        monitor=monitor,
        plain=database(create_engine(address, poolclass=NullPool)),
        asynchronous=database(create_async_engine(address, poolclass=NullPool)),
        cache=cache(redis.Redis(port=cache_port)),
    )


def test_servers_that_answer_make_a_service_healthy(monitor, postgres, redis_server):
    report = health(monitor, postgres.port, redis_server.port).run()
    assert report.passing
    assert {check["status"] for check in report.document()["checks"].values()} == {"ok"}
    checks = {"plain", "asynchronous", "cache"}
    assert told(monitor, "health_check_passing") == dict.fromkeys(checks, 1)
    for part in ("count", "sum"):
        seconds = told(monitor, f"health_check_duration_seconds_{part}")
        assert seconds.keys() == checks
        assert min(seconds.values()) > 0


def test_a_server_that_is_not_there_is_named(monitor, postgres, free_port):
    report = health(monitor, postgres.port, free_port).run()
    assert not report.passing
    wrong = {name for name, result in report.checks.items() if not result.passing}
    assert wrong == {"cache"}
    assert told(monitor, "health_check_passing") == {"plain": 1, "asynchronous": 1, "cache": 0}
