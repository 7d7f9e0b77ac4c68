"""The whole pack."""

from vedette.model.pack import Pack
from vedette.packs.sglang import metrics
from vedette.packs.sglang.alerts import ALERTS
from vedette.packs.sglang.dashboards import DASHBOARDS
from vedette.packs.sglang.thresholds import THRESHOLDS

PACK = Pack(
    title="SGLang",
    summary="Do the models of SGLang answer soon enough, and is there memory for more?",
    metrics=metrics.METRICS,
    thresholds=THRESHOLDS,
    alerts=ALERTS,
    dashboards=DASHBOARDS,
    signature=("sglang:*",),
)
