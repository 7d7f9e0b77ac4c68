"""The whole pack."""

from vedette.model.pack import Pack
from vedette.packs.logs import metrics
from vedette.packs.logs.alerts import ALERTS
from vedette.packs.logs.dashboards import DASHBOARDS
from vedette.packs.logs.thresholds import THRESHOLDS

PACK = Pack(
    title="Logs",
    summary="How much does each service complain, and which part of it?",
    metrics=metrics.METRICS,
    thresholds=THRESHOLDS,
    alerts=ALERTS,
    dashboards=DASHBOARDS,
    signature=(metrics.MESSAGES.name,),
    example="""\
from vedette.integrations.logging import instrument

instrument()
""",
)
