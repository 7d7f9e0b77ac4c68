"""The whole pack."""

from vedette.model.pack import Pack
from vedette.packs.vllm import metrics
from vedette.packs.vllm.alerts import ALERTS
from vedette.packs.vllm.dashboards import DASHBOARDS
from vedette.packs.vllm.thresholds import THRESHOLDS

PACK = Pack(
    title="vLLM",
    summary="Do the models of vLLM answer soon enough, and is there memory for more?",
    metrics=metrics.METRICS,
    thresholds=THRESHOLDS,
    alerts=ALERTS,
    dashboards=DASHBOARDS,
    signature=("vllm:*",),
)
