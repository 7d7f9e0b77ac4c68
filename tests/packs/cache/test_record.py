"""What code that asks a cache records."""

import pytest

from vedette.packs.cache.record import Cache
from vedette.sdk.monitor import Monitor


@pytest.fixture
def monitor():
    return Monitor(isolated=True)


def test_a_share_of_hits_can_be_told_before_the_first_miss(monitor, value):
    cache = Cache("prompts", monitor=monitor)
    cache.hit()
    assert value(monitor, "cache_hits_total", cache="prompts") == 1
    assert value(monitor, "cache_misses_total", cache="prompts") == 0


def test_what_a_server_threw_away_before_it_was_watched_is_not_counted(monitor, value):
    cache = Cache("prompts", monitor=monitor)
    cache.evicted_in_all(1000)
    assert value(monitor, "cache_evictions_total", cache="prompts") == 0
    cache.evicted_in_all(1007)
    assert value(monitor, "cache_evictions_total", cache="prompts") == 7


def test_a_server_that_started_anew_counts_from_nothing(monitor, value):
    cache = Cache("prompts", monitor=monitor)
    cache.evicted_in_all(1000)
    cache.evicted_in_all(3)
    assert value(monitor, "cache_evictions_total", cache="prompts") == 3
