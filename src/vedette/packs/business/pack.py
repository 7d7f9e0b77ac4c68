"""The whole pack."""

from vedette.model.pack import Pack
from vedette.packs.business import metrics
from vedette.packs.business.alerts import ALERTS
from vedette.packs.business.dashboards import DASHBOARDS
from vedette.packs.business.declared import declared
from vedette.packs.business.thresholds import THRESHOLDS

PACK = Pack(
    title="Business",
    summary="What do users do, and does it work out for them?",
    metrics=metrics.METRICS,
    thresholds=THRESHOLDS,
    alerts=ALERTS,
    dashboards=DASHBOARDS,
    signature=(metrics.ACTIVE_USERS.name, metrics.OPERATIONS.name, metrics.FEATURE_USAGE.name),
    example="""\
from vedette.packs.business.record import Business

business = Business()
business.active_users(120)
business.done("checkout")
""",
    by_metrics=declared,
)
