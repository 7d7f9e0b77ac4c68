"""The whole pack."""

from vedette.model.pack import Pack
from vedette.packs.load import metrics

PACK = Pack(
    title="Load test",
    summary="How much traffic does Locust make, and how is it answered?",
    metrics=metrics.METRICS,
    signature=(metrics.REQUESTS.name,),
)
