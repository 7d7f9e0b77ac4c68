"""redis-py against a real Redis server."""

import asyncio
import re
import subprocess
import sys

import pytest
import redis
import redis.asyncio

from vedette.integrations import redis as integration
from vedette.integrations.redis import instrument
from vedette.sdk.monitor import Monitor


@pytest.fixture
def monitor():
    return Monitor(isolated=True)


@pytest.fixture
def client(redis_server):
    with redis.Redis(port=redis_server.port) as client:
        client.flushall()
        client.config_set("maxmemory", 0)
        yield client


def value(monitor, name, **labels):
    """One sample of what the monitor exposes; None where it has no such series."""
    for line in monitor.expose().body.decode().splitlines():
        found = re.fullmatch(rf"{name}(?:\{{(.*)\}})? (\S+)", line)
        if found and dict(re.findall(r'(\w+)="([^"]*)"', found[1] or "")) == labels:
            return float(found[2])
    return None


def operations(monitor, operation, cache="prompts"):
    name = "cache_operation_duration_seconds_count"
    return value(monitor, name, cache=cache, operation=operation)


def test_a_read_is_a_hit_where_the_key_is_there_and_a_miss_where_it_is_not(monitor, client):
    instrument(client, name="prompts", monitor=monitor)
    client.set("here", "x")
    client.get("here")
    client.get("nowhere")
    client.mget("here", "nowhere", "nowhere else")
    client.hget("nothing", "field")

    assert value(monitor, "cache_hits_total", cache="prompts") == 2
    assert value(monitor, "cache_misses_total", cache="prompts") == 4
    assert operations(monitor, "get") == 2
    assert operations(monitor, "set") == 1


def test_a_pipeline_is_one_operation_and_its_reads_are_judged(monitor, client):
    instrument(client, name="prompts", monitor=monitor)
    with client.pipeline() as pipeline:
        assert pipeline.set("here", "x").get("here").get("nowhere").execute() == [True, b"x", None]

    assert operations(monitor, "pipeline") == 1
    assert value(monitor, "cache_hits_total", cache="prompts") == 1
    assert value(monitor, "cache_misses_total", cache="prompts") == 1


def test_a_command_that_is_refused_is_an_error_and_still_raises(monitor, client):
    instrument(client, name="prompts", monitor=monitor)
    client.set("text", "x")
    with pytest.raises(redis.ResponseError):
        client.incr("text")

    assert value(monitor, "cache_errors_total", cache="prompts", operation="incrby") == 1


def test_a_server_that_is_not_there_is_an_error_and_still_raises(monitor, free_port):
    client = redis.Redis(port=free_port)
    instrument(client, name="prompts", monitor=monitor)
    with pytest.raises(redis.ConnectionError):
        client.get("x")

    assert value(monitor, "cache_errors_total", cache="prompts", operation="get") == 1


def test_an_asynchronous_client_is_watched_like_any_other(monitor, redis_server):
    async def ask():
        async with redis.asyncio.Redis(port=redis_server.port) as client:
            await client.flushall()
            instrument(client, name="prompts", monitor=monitor)
            await client.set("here", "x")
            assert await client.get("here") == b"x"
            async with client.pipeline() as pipeline:
                pipeline.get("nowhere")
                assert await pipeline.execute() == [None]

    asyncio.run(ask())
    assert operations(monitor, "get") == 1
    assert operations(monitor, "pipeline") == 1
    assert value(monitor, "cache_hits_total", cache="prompts") == 1
    assert value(monitor, "cache_misses_total", cache="prompts") == 1


def test_the_server_says_what_it_holds_and_what_it_threw_away(monitor, client, monkeypatch):
    monkeypatch.setattr(integration, "SAMPLE_SECONDS", 0.01)
    limit = client.info()["used_memory"] + 500_000
    client.config_set("maxmemory-policy", "allkeys-lru")
    client.config_set("maxmemory", limit)
    instrument(client, name="prompts", monitor=monitor)
    while value(monitor, "cache_evictions_total", cache="prompts") is None:
        assert client.ping()
    for number in range(200):
        client.set(f"key {number}", "x" * 10_000)

    while not value(monitor, "cache_evictions_total", cache="prompts"):
        assert client.ping()
    assert value(monitor, "cache_memory_limit_bytes", cache="prompts") == limit
    held = value(monitor, "cache_memory_bytes", cache="prompts")
    assert held is not None
    assert 100_000 < held < 2 * limit


def test_keys_never_become_labels(monitor, client):
    instrument(client, name="prompts", monitor=monitor)
    for number in range(20):
        client.execute_command(f"GET key{number}")
    client.config_get("maxmemory")

    assert operations(monitor, "get") == 20
    assert operations(monitor, "config") == 1


def test_without_a_client_all_of_the_process_are_watched_also_later_ones(redis_server):
    program = f"""
import redis
from vedette.integrations.redis import instrument
from vedette.sdk.monitor import default_monitor
early = redis.Redis(port={redis_server.port})
instrument(); instrument()
early.get("nowhere")
with redis.Redis(port={redis_server.port}, db=1) as late:
    late.get("nowhere")
print(default_monitor().expose().body.decode())
early.close()
"""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program], capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    missed = re.findall(r'cache_misses_total\{cache="[^"/]+/(\d)"\} (\S+)', done.stdout)
    assert sorted(missed) == [("0", "1.0"), ("1", "1.0")]
