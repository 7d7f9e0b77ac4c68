"""The whole pack."""

from vedette.model.pack import Pack
from vedette.packs.process import metrics
from vedette.packs.process.alerts import ALERTS
from vedette.packs.process.dashboards import DASHBOARDS
from vedette.packs.process.thresholds import THRESHOLDS

PACK = Pack(
    title="Process",
    summary="What do the services cost: processor and memory?",
    metrics=metrics.METRICS,
    thresholds=THRESHOLDS,
    alerts=ALERTS,
    dashboards=DASHBOARDS,
    signature=(metrics.CPU.name, metrics.RAM.name),
)
