"""From a module's own metrics to the names that all modules share."""

from collections.abc import Iterator

from vedette.model.alert import RecordingRule
from vedette.model.convention import Convention
from vedette.model.metric import Metric
from vedette.packs.modules import metrics

_WHO = "module, owner"


def recordings(prefix: str, own: Convention) -> tuple[RecordingRule, ...]:
    """Return the rules of one module.

    Args:
        prefix: What its metrics begin with; told by the label `prefix`, so that two modules in
            one process, which share the labels of a scrape, stay apart.
        own: Its metrics.
    """
    return tuple(
        RecordingRule(name=name.name, expr=expr, help=name.help, labels={"prefix": prefix})
        for name, expr in _rules(own)
    )


def _rules(own: Convention) -> Iterator[tuple[Metric, str]]:
    every = _rate(own.operations)
    failed = _rate(own.operations, where='{status="error"}')
    # Who never counts an error has none; who does nothing has no share.
    yield metrics.OPERATIONS, _rate(own.operations, "operation")
    yield metrics.ERRORS, f"({failed} or 0 * {every})\n  / ({every} > 0)"
    buckets = f"sum by ({_WHO}, operation, le) (rate({own.operation_seconds.bucket}[5m]))"
    yield metrics.SECONDS, f"histogram_quantile(0.95, {buckets}) >= 0"
    yield metrics.TOKENS, _rate(own.tokens, "provider", "model")
    yield metrics.COST, _rate(own.cost, "provider", "currency")
    yield metrics.REQUESTS, _rate(own.requests, "provider")
    hits, misses = _rate(own.cache_hits), _rate(own.cache_misses)
    yield metrics.CACHE_HITS, f"{hits}\n  / ({hits} + {misses} > 0)"
    yield metrics.VALIDATIONS, _rate(own.security_validations, "status", window="1m")
    yield metrics.INJECTIONS, _rate(own.injections, "type", window="1m")
    yield metrics.RATE_LIMIT_HITS, _rate(own.rate_limit_hits, window="1m")
    instances = f"count by ({_WHO}, instance) ({own.operations})"
    yield metrics.INSTANCES, f"count by ({_WHO}) ({instances})"


def _rate(metric: Metric, *labels: str, where: str = "", window: str = "5m") -> str:
    return f"sum by ({', '.join((_WHO, *labels))}) (rate({metric}{where}[{window}]))"
