"""What both pages ask for."""

from vedette.model.dashboard import Query, Variable
from vedette.model.metric import Metric

RATE = "$__rate_interval"
SELECTION = 'module=~"$module", instance=~"$instance", model=~"$model"'


def variables(metric: Metric) -> tuple[Variable, Variable, Variable]:
    """Return the choices of a page: modules, instances and models that have the metric."""
    selected = 'module=~"$module"'
    return (
        Variable(name="module", label="Module", query=f"label_values({metric}, module)"),
        Variable(
            name="instance",
            label="Instance",
            query=f"label_values({metric}{{{selected}}}, instance)",
        ),
        Variable(name="model", label="Model", query=f"label_values({metric}{{{selected}}}, model)"),
    )


def quantile(metric: Metric, share: float, *by: str) -> str:
    """Return the query for one percentile of a histogram.

    Args:
        metric: The histogram.
        share: Which percentile, 0 to 1.
        by: Labels that stay apart.
    """
    labels = "".join(f"{label}, " for label in by)
    buckets = f"rate({metric.bucket}{{{SELECTION}}}[{RATE}])"
    return f"histogram_quantile({share}, sum by ({labels}le) ({buckets}))"


def quantiles(metric: Metric) -> tuple[Query, ...]:
    """Return the queries for the median, the 95th and the 99th percentile of a histogram."""
    return tuple(
        Query(expr=quantile(metric, share), legend=f"p{round(share * 100)}")
        for share in (0.5, 0.95, 0.99)
    )
