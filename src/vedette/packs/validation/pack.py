"""The whole pack."""

from vedette.model.pack import Pack
from vedette.packs.validation import metrics

PACK = Pack(
    title="Data validation",
    summary="Is the data that comes in what it should be?",
    metrics=metrics.METRICS,
    signature=(metrics.CHECKS.name,),
)
