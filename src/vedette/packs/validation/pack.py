"""The whole pack."""

from vedette.model.pack import Pack
from vedette.packs.validation import metrics
from vedette.packs.validation.alerts import ALERTS
from vedette.packs.validation.dashboards import DASHBOARDS
from vedette.packs.validation.thresholds import THRESHOLDS

PACK = Pack(
    title="Data validation",
    summary="Is the data that comes in what it should be?",
    metrics=metrics.METRICS,
    thresholds=THRESHOLDS,
    alerts=ALERTS,
    dashboards=DASHBOARDS,
    signature=(metrics.CHECKS.name,),
    example="""\
from vedette.packs.validation.record import Checks

prompt = "How are you?"
Checks().record("prompt_length", len(prompt) < 500)
""",
)
