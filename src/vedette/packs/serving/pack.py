"""The whole pack."""

from vedette.model.pack import Pack
from vedette.packs.serving import metrics

PACK = Pack(
    title="Model serving",
    summary="Do requests and inferences succeed, and fast enough?",
    metrics=metrics.METRICS,
    signature=(metrics.REQUESTS.name, metrics.INFERENCE_SECONDS.name),
)
