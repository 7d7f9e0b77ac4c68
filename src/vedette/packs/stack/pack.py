"""The whole pack."""

from vedette.model.pack import Pack
from vedette.packs.stack import metrics

PACK = Pack(
    title="Stack",
    summary="Is the watch itself awake?",
    metrics=metrics.METRICS,
    signature=(),
    always=True,
)
