"""The limits of this pack that a user may set."""

from vedette.model.threshold import Threshold

LOSS = Threshold(
    name="training_loss_maximum",
    default=2.0,
    help="Training loss beyond which HighTrainingLoss fires while a run is under way.",
    source="the alert rules of a public orchestrator of local training: loss > 2.0",
)

THRESHOLDS = (LOSS,)
