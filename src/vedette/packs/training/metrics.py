"""A training run: the names are contracts."""

from vedette.model.metric import MODEL, Metric

# What every series of a run carries; where a program trains one model once, `run` stays empty.
RUN = (*MODEL, "run")

RUNNING, IDLE = "running", "idle"
FINISHED, STOPPED, FAILED = "finished", "stopped", "failed"
ENDS = (FINISHED, STOPPED, FAILED)
STATES = (RUNNING, IDLE, *ENDS)

KIND_LOSS, KIND_GRADIENT, KIND_VALIDATION = "loss", "gradient_norm", "validation_loss"
KIND_ZERO = "zero_loss"
KINDS = (KIND_LOSS, KIND_GRADIENT, KIND_VALIDATION, KIND_ZERO)

TRAINING_LOSS = Metric(
    name="training_loss",
    kind="gauge",
    help="Loss of the latest training step.",
    labels=RUN,
    workers="mostrecent",
)
VALIDATION_LOSS = Metric(
    name="validation_loss",
    kind="gauge",
    help="Loss on data that the model is not trained on.",
    labels=RUN,
    workers="mostrecent",
)
STEPS = Metric(
    name="training_steps_total",
    kind="counter",
    help="Training steps that were done.",
    labels=RUN,
)
LAST_STEP = Metric(
    name="training_last_step_timestamp_seconds",
    kind="gauge",
    help="When the latest step was done; until there is one, when the run began.",
    unit="seconds",
    labels=RUN,
    workers="max",
)
STEP_SECONDS = Metric(
    name="training_step_duration_seconds",
    kind="histogram",
    help="Time of one training step, that is of one batch.",
    unit="seconds",
    labels=RUN,
    # From a small model on a processor to a large one with its gradients accumulated.
    buckets=(
        *(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0),
        *(30.0, 60.0, 120.0, 300.0, 600.0),
    ),
)
SAMPLES = Metric(
    name="training_samples_total",
    kind="counter",
    help="Samples that the steps were done with.",
    labels=RUN,
)
BATCH_SIZE = Metric(
    name="training_batch_size",
    kind="gauge",
    help="Samples in the latest batch.",
    labels=RUN,
    workers="mostrecent",
)
DATA_WAIT = Metric(
    name="training_data_wait_seconds_total",
    kind="counter",
    help="Time that the loop waited for its next batch.",
    unit="seconds",
    labels=RUN,
)
LEARNING_RATE = Metric(
    name="training_learning_rate",
    kind="gauge",
    help="Learning rate of the latest step.",
    labels=RUN,
    workers="mostrecent",
)
GRADIENT_NORM = Metric(
    name="training_gradient_norm",
    kind="gauge",
    help="Norm of all gradients of the latest step for which it was measured.",
    labels=RUN,
    workers="mostrecent",
)
EPOCH = Metric(
    name="training_epoch",
    kind="gauge",
    help="Number of the current epoch; the first is 1.",
    labels=RUN,
    workers="max",
)
EPOCH_PROGRESS = Metric(
    name="epoch_progress",
    kind="gauge",
    help="Share of the current epoch that is done, from 0 to 1.",
    unit="ratio",
    labels=RUN,
    range=(0, 1),
    workers="mostrecent",
    waiver="epoch_progress is the name that existing dashboards use",
)
NOT_FINITE = Metric(
    name="training_not_finite_total",
    kind="counter",
    help=(
        "Losses and gradient norms that were NaN or infinite, by which of them; and losses of "
        "exactly 0 after another one, as a library shows that hides NaN."
    ),
    labels=(*RUN, "kind"),
    values={"kind": KINDS},
)
STATE = Metric(
    name="training_run_state",
    kind="gauge",
    help="1 for the state that the run is in, 0 for the others.",
    labels=(*RUN, "state"),
    values={"state": STATES},
    range=(0, 1),
    workers="max",
)
STARTED = Metric(
    name="training_run_start_timestamp_seconds",
    kind="gauge",
    help="When the run began.",
    unit="seconds",
    labels=RUN,
    workers="max",
)
ENDED = Metric(
    name="training_run_end_timestamp_seconds",
    kind="gauge",
    help="When a run last said that it ended.",
    unit="seconds",
    labels=RUN,
    workers="max",
)


def _validation(what: str, help_: str) -> Metric:
    return Metric(
        name=f"validation_{what}",
        kind="gauge",
        help=f"{help_}, on data that the model is not trained on; from 0 to 1.",
        unit="ratio",
        labels=RUN,
        range=(0, 1),
        workers="mostrecent",
        waiver=f"validation_{what} stands beside validation_loss, and is what people look for",
    )


VALIDATION_ACCURACY = _validation("accuracy", "Share of answers that are right")
VALIDATION_PRECISION = _validation("precision", "Share of what was found that is right")
VALIDATION_RECALL = _validation("recall", "Share of what is there that was found")
VALIDATION_F1 = _validation("f1", "Harmonic mean of precision and recall")

METRICS = (
    TRAINING_LOSS,
    VALIDATION_LOSS,
    STEPS,
    LAST_STEP,
    STEP_SECONDS,
    SAMPLES,
    BATCH_SIZE,
    DATA_WAIT,
    LEARNING_RATE,
    GRADIENT_NORM,
    EPOCH,
    EPOCH_PROGRESS,
    NOT_FINITE,
    STATE,
    STARTED,
    ENDED,
    VALIDATION_ACCURACY,
    VALIDATION_PRECISION,
    VALIDATION_RECALL,
    VALIDATION_F1,
)
