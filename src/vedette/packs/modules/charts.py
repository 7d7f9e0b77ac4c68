"""The pictures that the pages of modules are made of, each for any module."""

from dataclasses import dataclass

from vedette.model.convention import Convention
from vedette.model.dashboard import Panel, Query, Step
from vedette.model.metric import Metric
from vedette.model.threshold import Threshold
from vedette.packs.modules import thresholds

_RATE = "$__rate_interval"
_HOUR = 3600
_STAT_HEIGHT = 4


def limit(threshold: Threshold) -> tuple[Step, ...]:
    """Return colours that turn red at the limit of an alert."""
    return (Step(colour="green"), Step(colour="red", value=threshold))


@dataclass(frozen=True, kw_only=True)
class Charts:
    """Pictures of one module.

    Args:
        own: Its metrics.
        where: Which of its series, as in `instance=~"$instance"`.
    """

    own: Convention
    where: str

    def rate(self, metric: Metric, *labels: str, extra: str = "") -> str:
        """Return how often something happens per second, by some labels."""
        by = f" by ({', '.join(labels)})" if labels else ""
        return f"sum{by} (rate({metric}{{{self.where}{extra}}}[{_RATE}]))"

    def failed(self, *labels: str) -> str:
        """Return the share of operations that fail."""
        failed = self.rate(self.own.operations, *labels, extra=', status="error"')
        return f"{failed} / {self.rate(self.own.operations, *labels)}"

    def p95(self, *labels: str) -> str:
        """Return within which time 19 of 20 operations end."""
        buckets = f"rate({self.own.operation_seconds.bucket}{{{self.where}}}[{_RATE}])"
        return f"histogram_quantile(0.95, sum by ({', '.join((*labels, 'le'))}) ({buckets}))"

    def now(self, title: str, metric: Metric) -> Panel:
        """How much of something there is per second, as one number."""
        return Panel(
            title=title,
            description="Per second, over all instances.",
            kind="stat",
            unit="ops",
            width=6,
            height=_STAT_HEIGHT,
            queries=(Query(expr=self.rate(metric)),),
            steps=(Step(colour="blue"),),
        )

    def failed_now(self) -> Panel:
        """The share of operations that fail, as one number."""
        return Panel(
            title="Failed operations",
            description=f"ModuleErrors fires for what stays above {thresholds.ERRORS:human}.",
            kind="stat",
            unit="percentunit",
            decimals=1,
            width=6,
            height=_STAT_HEIGHT,
            queries=(Query(expr=self.failed()),),
            steps=limit(thresholds.ERRORS),
        )

    def p95_now(self) -> Panel:
        """The time of operations, as one number."""
        return Panel(
            title="Duration p95",
            description=f"19 of 20 operations are faster; red beyond {thresholds.SECONDS:human}.",
            kind="stat",
            unit="s",
            width=6,
            height=_STAT_HEIGHT,
            queries=(Query(expr=self.p95()),),
            steps=limit(thresholds.SECONDS),
        )

    def cost_now(self) -> Panel:
        """What an hour costs, as one number per currency."""
        return Panel(
            title="Cost per hour now",
            description="What an hour costs at the present pace, in the currency that is named.",
            kind="stat",
            decimals=3,
            width=6,
            height=_STAT_HEIGHT,
            queries=(
                Query(
                    expr=f"{self.rate(self.own.cost, 'currency')} * {_HOUR}",
                    legend="{{currency}}",
                ),
            ),
            steps=(Step(colour="blue"),),
        )

    def operations(self, label: str = "operation") -> Panel:
        """What is done, by a label."""
        return Panel(
            title=f"Operations by {label}",
            description="Operations per second; one that vanishes is asked for no more.",
            unit="ops",
            queries=(Query(expr=self.rate(self.own.operations, label), legend=f"{{{{{label}}}}}"),),
        )

    def duration(self, label: str = "operation") -> Panel:
        """How long it takes, by a label."""
        return Panel(
            title=f"Duration p95 by {label}",
            description=f"ModuleSlow fires for what stays above {thresholds.SECONDS:human}.",
            unit="s",
            queries=(Query(expr=self.p95(label), legend=f"{{{{{label}}}}}"),),
            steps=limit(thresholds.SECONDS),
        )

    def errors(self, label: str = "operation") -> Panel:
        """What fails, by a label."""
        return Panel(
            title=f"Error rate by {label}",
            description=f"Share of operations that fail; the limit is {thresholds.ERRORS:human}.",
            unit="percentunit",
            minimum=0,
            queries=(Query(expr=self.failed(label), legend=f"{{{{{label}}}}}"),),
            steps=limit(thresholds.ERRORS),
        )

    def tokens(self, label: str = "model") -> Panel:
        """Tokens, by a label."""
        return Panel(
            title=f"Tokens by {label}",
            description="Tokens per second that operations read and wrote.",
            queries=(Query(expr=self.rate(self.own.tokens, label), legend=f"{{{{{label}}}}}"),),
        )

    def cost(self, label: str = "model") -> Panel:
        """Money, by a label."""
        return Panel(
            title=f"Cost per hour by {label}",
            description="What an hour costs at the present pace, in the currency that is named.",
            queries=(
                Query(
                    expr=f"{self.rate(self.own.cost, label, 'currency')} * {_HOUR}",
                    legend=f"{{{{{label}}}}} {{{{currency}}}}",
                ),
            ),
        )

    def cache(self) -> Panel:
        """How much a cache answers."""
        hits, misses = self.rate(self.own.cache_hits), self.rate(self.own.cache_misses)
        return Panel(
            title="Cache hit ratio",
            description="Share of look-ups that the cache could answer; it falls after a restart.",
            unit="percentunit",
            minimum=0,
            maximum=1,
            queries=(Query(expr=f"{hits} / ({hits} + {misses})", legend="hits"),),
        )

    def requests(self, label: str = "provider") -> Panel:
        """Requests, by a label."""
        return Panel(
            title=f"Requests by {label}",
            description="Requests per second, before anybody knows how they end.",
            unit="reqps",
            queries=(Query(expr=self.rate(self.own.requests, label), legend=f"{{{{{label}}}}}"),),
        )

    def distribution(self) -> Panel:
        """Whom the requests go to."""
        counted = f"increase({self.own.requests}{{{self.where}}}[$__range])"
        return Panel(
            title="Provider distribution",
            description="Who got which part of the requests of the time that is shown.",
            kind="piechart",
            queries=(
                Query(expr=f"sum by (provider) ({counted})", legend="{{provider}}", instant=True),
            ),
        )
