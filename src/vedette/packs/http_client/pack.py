"""The whole pack."""

from vedette.model.pack import Pack
from vedette.packs.http_client import metrics
from vedette.packs.http_client.alerts import ALERTS
from vedette.packs.http_client.dashboards import DASHBOARDS
from vedette.packs.http_client.thresholds import THRESHOLDS

PACK = Pack(
    title="Outgoing requests",
    summary="Do the services that ours asks answer, and how fast?",
    metrics=metrics.METRICS,
    thresholds=THRESHOLDS,
    alerts=ALERTS,
    dashboards=DASHBOARDS,
    signature=(metrics.REQUESTS.name,),
    example="""\
from vedette.packs.http_client.record import OutgoingRequests

requests = OutgoingRequests()
requests.record(host="api.example.org", method="GET", status=200, seconds=0.2)
""",
)
