"""When a cache needs a person."""

from vedette.model.alert import Alert
from vedette.packs.cache import runbooks, thresholds
from vedette.packs.cache.metrics import (
    ERRORS,
    EVICTIONS,
    HITS,
    MEMORY,
    MEMORY_LIMIT,
    MISSES,
    OPERATION_SECONDS,
)

_BY = "by (module, owner, cache)"
_WHICH = "{{ $labels.cache }} of {{ $labels.module }}"
_ASKED = f"(sum {_BY} (rate({HITS}[15m])) + sum {_BY} (rate({MISSES}[15m])))"

ALERTS = (
    Alert(
        name="LowCacheHitRatio",
        # Below one question a second a share says more about chance than about the cache.
        expr=(f"sum {_BY} (rate({HITS}[15m]))\n  / ({_ASKED} > 1)\n  < {thresholds.HIT_RATIO}"),
        hold="15m",
        severity="ticket",
        summary=f"The cache {_WHICH} saves little",
        description=(
            "It answered {{ $value | humanizePercentage }} of the questions of the last "
            f"15 minutes; expected at least {thresholds.HIT_RATIO:human}."
        ),
        runbook=runbooks.LOW_HIT_RATIO,
    ),
    Alert(
        name="CacheErrors",
        expr=(
            f"sum {_BY} (rate({ERRORS}[5m]))\n"
            f"  / sum {_BY} (rate({OPERATION_SECONDS.count}[5m]))\n"
            f"  > {thresholds.ERRORS}"
        ),
        hold="2m",
        severity="ticket",
        summary=f"The cache {_WHICH} fails",
        description=(
            "{{ $value | humanizePercentage }} of the commands of the last 5 minutes failed; "
            f"the limit is {thresholds.ERRORS:human}."
        ),
        runbook=runbooks.CACHE_ERRORS,
    ),
    Alert(
        name="CacheMemoryFull",
        expr=(
            f"max {_BY} ({MEMORY})\n"
            f"  / (max {_BY} ({MEMORY_LIMIT}) > 0)\n"
            f"  > {thresholds.MEMORY}\n"
            f"  and sum {_BY} (rate({EVICTIONS}[15m])) > 0"
        ),
        hold="15m",
        severity="info",
        summary=f"The cache {_WHICH} is full and throws entries away",
        description=(
            "It holds {{ $value | humanizePercentage }} of the memory it may; "
            f"the limit is {thresholds.MEMORY:human}."
        ),
        runbook=runbooks.MEMORY_FULL,
    ),
)
