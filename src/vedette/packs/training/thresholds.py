"""The limits of this pack that a user may set."""

from vedette.model.threshold import Threshold

_ORCHESTRATOR = "the alert rules of a public orchestrator of local training"
_ROBOTS = "the alert rules of a public system that trains robots"

STALLED = Threshold(
    name="training_stalled_seconds",
    default=600,
    unit="seconds",
    help="Time without a step beyond which TrainingStalled fires, five minutes later.",
    source=(
        f"{_ROBOTS}: no step in 10 m, for 5 m; the stricter of two, for {_ORCHESTRATOR} lets the "
        "same condition hold for 15 m"
    ),
    minimum=1,
    # The alert looks back three hours; a run that died must be told within them.
    maximum=7200,
)
LOSS = Threshold(
    name="training_loss_maximum",
    default=2.0,
    help="Training loss beyond which HighTrainingLoss fires while a run is under way.",
    source=f"{_ORCHESTRATOR}: loss > 2.0",
)
NOT_FINITE = Threshold(
    name="training_not_finite_maximum",
    default=0,
    help=(
        "Losses and gradient norms within 30 minutes that are no numbers, beyond which "
        "TrainingNotFinite fires."
    ),
    source="our choice: none; mixed precision that searches for its scale may need a few",
)
GRADIENT = Threshold(
    name="training_gradient_factor",
    default=10,
    help="How many times its median a gradient norm must be for GradientExplosion to fire.",
    source="our choice, after the tenfold of the median that practitioners take as exploded",
    minimum=1,
)

THRESHOLDS = (STALLED, LOSS, NOT_FINITE, GRADIENT)
