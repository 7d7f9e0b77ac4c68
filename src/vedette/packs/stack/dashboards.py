"""What to look at: the watch itself."""

from vedette.model.dashboard import Dashboard, Link, Panel, Query, Row, Step
from vedette.packs.stack import metrics
from vedette.packs.stack.thresholds import SCRAPE_LIMIT

_RATE = "$__rate_interval"

_NOW = Row(
    title="Now",
    panels=(
        Panel(
            title="Targets up",
            description="Targets whose last scrape succeeded.",
            kind="stat",
            width=6,
            height=4,
            queries=(Query(expr=f"sum({metrics.UP})"),),
            steps=(Step(colour="red"), Step(colour="green", value=1)),
        ),
        Panel(
            title="Targets down",
            description="Targets whose last scrape failed; 0 is healthy.",
            kind="stat",
            width=6,
            height=4,
            queries=(Query(expr=f"count({metrics.UP} == 0) or vector(0)"),),
            steps=(Step(colour="green"), Step(colour="red", value=1)),
        ),
        Panel(
            title="Alerts firing",
            description="Without the Watchdog, which always fires.",
            kind="stat",
            width=6,
            height=4,
            queries=(
                Query(
                    expr=(
                        f'count({metrics.FIRING}{{alertstate="firing", alertname!="Watchdog"}})'
                        " or vector(0)"
                    ),
                ),
            ),
            steps=(Step(colour="green"), Step(colour="red", value=1)),
        ),
        Panel(
            title="Series",
            description="Series that Prometheus holds in memory; sudden growth is a new label.",
            kind="stat",
            width=6,
            height=4,
            queries=(Query(expr=f"sum({metrics.SERIES})"),),
            steps=(Step(colour="blue"),),
        ),
    ),
)
_SCRAPES = Row(
    title="Scrapes and rules",
    panels=(
        Panel(
            title="Scrape duration",
            description=f"ScrapeSlow fires above {SCRAPE_LIMIT:human}.",
            unit="s",
            queries=(Query(expr=f"max by (job) ({metrics.SCRAPE_SECONDS})", legend="{{job}}"),),
            steps=(Step(colour="green"), Step(colour="red", value=SCRAPE_LIMIT)),
        ),
        Panel(
            title="Samples per scrape",
            description="How much each job exposes; it should hardly change.",
            queries=(Query(expr=f"sum by (job) ({metrics.SCRAPE_SAMPLES})", legend="{{job}}"),),
        ),
        Panel(
            title="Samples stored",
            description="Samples per second that Prometheus keeps.",
            queries=(Query(expr=f"sum(rate({metrics.SAMPLES}[{_RATE}]))", legend="samples"),),
        ),
        Panel(
            title="Alerts sent to Alertmanager",
            description="Never zero for long: the Watchdog is sent again and again.",
            queries=(
                Query(
                    expr=f"sum by (alertmanager) (rate({metrics.SENT}[5m]))",
                    legend="sent",
                ),
                Query(
                    expr=f"sum by (alertmanager) (rate({metrics.SEND_ERRORS}[5m]))",
                    legend="failed",
                ),
            ),
        ),
        Panel(
            title="Notifications that failed",
            description="By the way they took; 0 is healthy.",
            queries=(
                Query(
                    expr=(
                        "sum by (integration) "
                        f"(increase({metrics.NOTIFICATION_FAILURES}[5m])) > 0 or vector(0)"
                    ),
                    legend="{{integration}}",
                ),
            ),
        ),
        Panel(
            title="Stored blocks",
            description="Disk space of what Prometheus has compacted so far.",
            unit="bytes",
            queries=(Query(expr=f"sum({metrics.BLOCKS_BYTES})", legend="blocks"),),
        ),
    ),
)
_COST = Row(
    title="What the stack costs",
    panels=(
        Panel(
            title="Memory",
            description="Resident memory by program.",
            unit="bytes",
            width=12,
            queries=(Query(expr=f"sum by (job) ({metrics.MEMORY})", legend="{{job}}"),),
        ),
        Panel(
            title="Processor",
            description="Share of one core by program.",
            unit="percentunit",
            width=12,
            queries=(Query(expr=f"sum by (job) (rate({metrics.CPU}[{_RATE}]))", legend="{{job}}"),),
        ),
    ),
)

DASHBOARDS = (
    Dashboard(
        uid="vedette-stack",
        title="Stack",
        description="Is the watch itself awake?",
        rows=(_NOW, _SCRAPES, _COST),
        links=(Link(title="System overview", uid="vedette-host"),),
        tags=("stack",),
    ),
)
