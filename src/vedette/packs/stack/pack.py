"""The whole pack."""

from vedette.model.pack import Pack
from vedette.packs.stack import metrics
from vedette.packs.stack.alerts import ALERTS
from vedette.packs.stack.dashboards import DASHBOARDS
from vedette.packs.stack.thresholds import THRESHOLDS

PACK = Pack(
    title="Stack",
    summary="Is the watch itself awake?",
    metrics=metrics.METRICS,
    thresholds=THRESHOLDS,
    alerts=ALERTS,
    dashboards=DASHBOARDS,
    always=True,
)
