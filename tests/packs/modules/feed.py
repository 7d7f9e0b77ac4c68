"""Feeds every metric by convention of some modules, as their programs do."""

from vedette.packs.modules._key import With
from vedette.packs.modules.record import Module


def feed(monitor):
    """Nothing: what the pack itself declares is recorded by the rules of its modules."""
    del monitor


def feed_module(name, monitor):
    """Do everything that a module can do, once and with every label."""
    module = Module(name, monitor=monitor)
    what: With = {"provider": "here", "model": "small", "model_version": "1"}
    module.requested(operation="complete", **what)
    module.operation("complete", seconds=0.2, tokens=10, cost=0.01, **what)
    module.operation("complete", seconds=0.2, ok=False, error_type="timeout", **what)
    module.cache(hit=True, operation="complete", **what)
    module.cache(hit=False, operation="complete", **what)
    module.security(passed=True, operation="complete", **what)
    module.security(passed=False, injection="override", operation="complete", **what)
    module.rate_limited(operation="complete", **what)
