"""Feeds every metric of the pack through its recorders."""

from vedette.packs.cache.record import Cache


def feed(monitor):
    """Do what code that asks a cache does."""
    cache = Cache("prompts", monitor=monitor)
    cache.hit()
    cache.miss()
    cache.evicted()
    cache.memory(1e6, 1e9)
    cache.operation("get", seconds=0.001, ok=False)
