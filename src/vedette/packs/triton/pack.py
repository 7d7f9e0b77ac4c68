"""The whole pack."""

from vedette.model.pack import Pack
from vedette.packs.triton import metrics
from vedette.packs.triton.alerts import ALERTS
from vedette.packs.triton.dashboards import DASHBOARDS
from vedette.packs.triton.thresholds import THRESHOLDS

PACK = Pack(
    title="Triton",
    summary="Do the models of Triton answer, and does anything wait?",
    metrics=metrics.METRICS,
    thresholds=THRESHOLDS,
    alerts=ALERTS,
    dashboards=DASHBOARDS,
    signature=("nv_inference_*",),
)
