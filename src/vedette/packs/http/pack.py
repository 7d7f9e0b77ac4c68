"""The whole pack."""

from vedette.model.pack import Pack
from vedette.packs.http import metrics
from vedette.packs.http.alerts import ALERTS
from vedette.packs.http.dashboards import DASHBOARDS
from vedette.packs.http.thresholds import THRESHOLDS

PACK = Pack(
    title="HTTP",
    summary="Are requests answered, and fast enough?",
    metrics=metrics.METRICS,
    thresholds=THRESHOLDS,
    alerts=ALERTS,
    dashboards=DASHBOARDS,
    signature=(metrics.REQUESTS.name,),
    example="""\
from vedette.packs.http.record import HttpRequests

requests = HttpRequests()
requests.began()
requests.ended(method="GET", endpoint="/items/{id}", status=200, seconds=0.012)
""",
)
