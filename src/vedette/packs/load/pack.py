"""The whole pack."""

from vedette.model.pack import Pack
from vedette.packs.load import metrics
from vedette.packs.load.alerts import ALERTS
from vedette.packs.load.dashboards import DASHBOARDS
from vedette.packs.load.thresholds import THRESHOLDS

PACK = Pack(
    title="Load test",
    summary="How much traffic does Locust make, and how is it answered?",
    metrics=metrics.METRICS,
    thresholds=THRESHOLDS,
    alerts=ALERTS,
    dashboards=DASHBOARDS,
    signature=(metrics.REQUESTS.name,),
)
