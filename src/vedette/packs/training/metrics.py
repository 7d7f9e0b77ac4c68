"""A training run: the names are contracts."""

from vedette.model.metric import Metric

TRAINING_LOSS = Metric(
    name="training_loss",
    kind="gauge",
    help="Loss of the latest training step.",
    labels=("model",),
    workers="mostrecent",
)
VALIDATION_LOSS = Metric(
    name="validation_loss",
    kind="gauge",
    help="Loss on data that the model is not trained on.",
    labels=("model",),
    workers="mostrecent",
)
STEPS = Metric(
    name="training_steps_total",
    kind="counter",
    help="Training steps that were done.",
    labels=("model",),
)
EPOCH_PROGRESS = Metric(
    name="epoch_progress",
    kind="gauge",
    help="Share of the current epoch that is done, from 0 to 1.",
    unit="ratio",
    labels=("model",),
    range=(0, 1),
    workers="mostrecent",
    waiver="epoch_progress is the name that existing dashboards use",
)
ACTIVE = Metric(
    name="training_active",
    kind="gauge",
    help="1 while a training run is under way, 0 when it ended or failed.",
    labels=("model",),
    range=(0, 1),
    workers="max",
)

METRICS = (TRAINING_LOSS, VALIDATION_LOSS, STEPS, EPOCH_PROGRESS, ACTIVE)
