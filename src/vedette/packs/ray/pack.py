"""The whole pack."""

from vedette.model.pack import Pack
from vedette.packs.ray import metrics
from vedette.packs.ray.alerts import ALERTS
from vedette.packs.ray.dashboards import DASHBOARDS
from vedette.packs.ray.thresholds import THRESHOLDS

PACK = Pack(
    title="Ray Serve",
    summary="Do the deployments of Ray Serve answer, and are there enough replicas?",
    metrics=metrics.METRICS,
    thresholds=THRESHOLDS,
    alerts=ALERTS,
    dashboards=DASHBOARDS,
    signature=("ray_serve_*",),
)
