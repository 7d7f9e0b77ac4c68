"""The whole pack."""

from vedette.model.pack import Pack
from vedette.packs.litellm import metrics
from vedette.packs.litellm.alerts import ALERTS
from vedette.packs.litellm.dashboards import DASHBOARDS
from vedette.packs.litellm.thresholds import THRESHOLDS

PACK = Pack(
    title="LiteLLM",
    summary="Do the providers behind LiteLLM answer, and how soon?",
    metrics=metrics.METRICS,
    thresholds=THRESHOLDS,
    alerts=ALERTS,
    dashboards=DASHBOARDS,
    signature=("litellm_*",),
)
