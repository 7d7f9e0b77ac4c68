"""What metrics that a plan file declares add: their dashboard, and an alert for a missing one."""

from vedette.model.alert import Alert
from vedette.model.dashboard import Dashboard, Link, Panel, Query, Row, Variable
from vedette.model.metric import Metric
from vedette.model.pack import Pack
from vedette.packs.business import runbooks

_M = 'module=~"$module"'
_UNITS = {"seconds": "s", "bytes": "bytes", "ratio": "percentunit", "percent": "percent"}


def declared(metrics: tuple[Metric, ...]) -> Pack:
    """Return the pack of these metrics.

    Args:
        metrics: Counters and gauges, at least one.
    """
    return Pack(
        title="Declared metrics",
        summary="The metrics that this plan declares: how are they, and are they there?",
        metrics=metrics,
        alerts=(_missing(metrics),),
        dashboards=(_page(metrics),),
    )


def _missing(metrics: tuple[Metric, ...]) -> Alert:
    gone = (f'label_replace(absent({metric}), "metric", "{metric}", "", "")' for metric in metrics)
    return Alert(
        name="DeclaredMetricMissing",
        expr="\nor ".join(gone),
        hold="15m",
        severity="ticket",
        summary="Nobody exposes {{ $labels.metric }}",
        description=(
            "The plan declares it, and no target has exposed it for 15 minutes: "
            "{{ $value }} metric of this name is missing."
        ),
        runbook=runbooks.DECLARED_METRIC_MISSING,
    )


def _page(metrics: tuple[Metric, ...]) -> Dashboard:
    names = "|".join(metric.name for metric in metrics)
    module = Variable(
        name="module", label="Module", query=f'label_values({{__name__=~"{names}"}}, module)'
    )
    return Dashboard(
        uid="vedette-declared",
        title="Declared metrics",
        description="The metrics that this plan declares.",
        variables=(module,),
        rows=(Row(title="Declared metrics", panels=tuple(map(_panel, metrics))),),
        links=(Link(title="Business metrics", uid="vedette-business"),),
        tags=("business",),
    )


def _panel(metric: Metric) -> Panel:
    by = ", ".join(("module", *metric.labels))
    series = f"{metric}{{{_M}}}"
    counted = metric.kind == "counter"
    value = f"rate({series}[$__rate_interval])" if counted else series
    unit = _UNITS.get(metric.unit, "short")
    return Panel(
        title=metric.name,
        description=f"{metric.help.rstrip('.')}{', per second' if counted else ''}.",
        unit="ops" if counted and not metric.unit else unit,
        width=12,
        queries=(
            Query(
                expr=f"sum by ({by}) ({value})",
                legend=" ".join(f"{{{{{label}}}}}" for label in ("module", *metric.labels)),
            ),
        ),
    )
