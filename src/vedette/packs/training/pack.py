"""The whole pack."""

from vedette.model.pack import Pack
from vedette.packs.training import metrics

PACK = Pack(
    title="Training",
    summary="Does the training run move, and does its loss fall?",
    metrics=metrics.METRICS,
    signature=(metrics.TRAINING_LOSS.name,),
)
