"""What to look at: the caches behind a service."""

from vedette.model.dashboard import Dashboard, Link, Panel, Query, Row, Step, Variable
from vedette.packs.cache import thresholds
from vedette.packs.cache.metrics import (
    ERRORS,
    EVICTIONS,
    HITS,
    MEMORY,
    MEMORY_LIMIT,
    MISSES,
    OPERATION_SECONDS,
)

_M = 'module=~"$module", instance=~"$instance", cache=~"$cache"'
_RATE = "$__rate_interval"


def _variable(name: str, label: str, within: str = "") -> Variable:
    return Variable(name=name, label=label, query=f"label_values({HITS}{within}, {name})")


def _rate(series: str, by: str = "cache") -> str:
    return f"sum by ({by}) (rate({series}{{{_M}}}[{_RATE}]))"


_HIT_RATIO = f"{_rate(HITS.name)} / ({_rate(HITS.name)} + {_rate(MISSES.name)})"
_LOW = (Step(colour="red"), Step(colour="green", value=thresholds.HIT_RATIO))

_NOW = Row(
    title="Now",
    panels=(
        Panel(
            title="Hit ratio now",
            description=f"Share of questions it answers; red below {thresholds.HIT_RATIO:human}.",
            kind="stat",
            unit="percentunit",
            height=4,
            queries=(Query(expr=_HIT_RATIO, legend="{{cache}}"),),
            steps=_LOW,
        ),
        Panel(
            title="Evictions now",
            description="Entries thrown away per second; 0 while there is room.",
            kind="stat",
            unit="ops",
            height=4,
            queries=(Query(expr=_rate(EVICTIONS.name), legend="{{cache}}"),),
            steps=(Step(colour="blue"),),
        ),
        Panel(
            title="Memory now",
            description="What the cache holds.",
            kind="stat",
            unit="bytes",
            height=4,
            queries=(Query(expr=f"max by (cache) ({MEMORY}{{{_M}}})", legend="{{cache}}"),),
            steps=(Step(colour="blue"),),
        ),
    ),
)
_TIME = Row(
    title="Over time",
    panels=(
        Panel(
            title="Hit ratio",
            description=f"LowCacheHitRatio fires below {thresholds.HIT_RATIO:human} under load.",
            unit="percentunit",
            minimum=0,
            maximum=1,
            queries=(Query(expr=_HIT_RATIO, legend="{{cache}}"),),
            steps=_LOW,
        ),
        Panel(
            title="Hits and misses",
            description="Questions per second; a rise of misses alone means that keys changed.",
            unit="ops",
            stacked=True,
            queries=(
                Query(expr=_rate(HITS.name), legend="{{cache}} hits"),
                Query(expr=_rate(MISSES.name), legend="{{cache}} misses"),
            ),
        ),
        Panel(
            title="Evictions",
            description="Entries thrown away per second; harmless while the hit ratio stays.",
            unit="ops",
            queries=(Query(expr=_rate(EVICTIONS.name), legend="{{cache}}"),),
        ),
        Panel(
            title="Memory",
            description="Held and allowed; a limit of 0 means that there is none.",
            unit="bytes",
            queries=(
                Query(expr=f"max by (cache) ({MEMORY}{{{_M}}})", legend="{{cache}} held"),
                Query(expr=f"max by (cache) ({MEMORY_LIMIT}{{{_M}}})", legend="{{cache}} limit"),
            ),
        ),
        Panel(
            title="Operation time p95",
            description="Usually well below a millisecond plus the way there.",
            unit="s",
            queries=(
                Query(
                    expr=(
                        "histogram_quantile(0.95, "
                        f"{_rate(OPERATION_SECONDS.bucket, 'cache, operation, le')})"
                    ),
                    legend="{{cache}} {{operation}}",
                ),
            ),
        ),
        Panel(
            title="Errors",
            description=f"CacheErrors fires beyond a share of {thresholds.ERRORS:human}.",
            unit="ops",
            queries=(
                Query(
                    expr=_rate(ERRORS.name, "cache, operation"), legend="{{cache}} {{operation}}"
                ),
            ),
        ),
    ),
)

DASHBOARDS = (
    Dashboard(
        uid="vedette-caches",
        title="Caches",
        description="Do the caches save work, and do they have the room for it?",
        variables=(
            _variable("module", "Module"),
            _variable("instance", "Instance", '{module=~"$module"}'),
            _variable("cache", "Cache", '{module=~"$module"}'),
        ),
        rows=(_NOW, _TIME),
        links=(Link(title="Application performance", uid="vedette-http"),),
        tags=("cache",),
    ),
)
