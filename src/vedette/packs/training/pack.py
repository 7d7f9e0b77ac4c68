"""The whole pack."""

from vedette.model.pack import Pack
from vedette.packs.training import metrics
from vedette.packs.training.alerts import ALERTS
from vedette.packs.training.dashboards import DASHBOARDS
from vedette.packs.training.thresholds import THRESHOLDS

PACK = Pack(
    title="Training",
    summary="Do the training runs move, and does their loss fall?",
    metrics=metrics.METRICS,
    thresholds=THRESHOLDS,
    alerts=ALERTS,
    dashboards=DASHBOARDS,
    signature=(metrics.TRAINING_LOSS.name, metrics.STEPS.name),
    example="""\
from vedette.packs.training.record import Training

with Training("faces") as run:
    for loss in (0.9, 0.7, 0.5):
        run.step(loss=loss, lr=1e-3, batch_size=32)
    run.validated(loss=0.6, accuracy=0.8)
""",
)
