"""The whole pack."""

from vedette.model.pack import Pack
from vedette.packs.serving import metrics
from vedette.packs.serving.alerts import ALERTS
from vedette.packs.serving.dashboards import DASHBOARDS
from vedette.packs.serving.thresholds import THRESHOLDS

PACK = Pack(
    title="Model serving",
    summary="Do inferences succeed, fast enough, and how sure are the models?",
    metrics=metrics.METRICS,
    thresholds=THRESHOLDS,
    alerts=ALERTS,
    dashboards=DASHBOARDS,
    signature=(metrics.INFERENCE_SECONDS.name, metrics.API_REQUESTS.name),
    example="""\
from vedette.packs.serving.record import Inference, Predictions

with Inference("faces").time():
    Predictions("faces").record("smiling", True, confidence=0.93)
""",
)
