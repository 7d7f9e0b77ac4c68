"""The whole pack."""

from vedette.model.pack import Pack
from vedette.packs.health import metrics
from vedette.packs.health.alerts import ALERTS
from vedette.packs.health.dashboards import DASHBOARDS

PACK = Pack(
    title="Health",
    summary="Can each service work, and can what it depends on?",
    metrics=metrics.METRICS,
    alerts=ALERTS,
    dashboards=DASHBOARDS,
    signature=(metrics.PASSING.name,),
    example="""\
from vedette.packs.health.record import Health

health = Health(version="1.4.2", disk=lambda: True)
assert health.run().passing
""",
)
