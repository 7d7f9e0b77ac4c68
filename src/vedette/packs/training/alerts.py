"""When a training run needs a person."""

from vedette.model.alert import Alert
from vedette.packs.training import runbooks
from vedette.packs.training.metrics import ACTIVE, STEPS, TRAINING_LOSS, VALIDATION_LOSS
from vedette.packs.training.thresholds import LOSS

_RUN = "{{ $labels.model }} of {{ $labels.module }}"
_SAME_RUN = "on (job, instance, model)"

ALERTS = (
    Alert(
        name="TrainingStalled",
        expr=f"{ACTIVE} == 1 and {_SAME_RUN} {STEPS} == {STEPS} offset 10m",
        hold="5m",
        severity="page",
        summary=f"The training of {_RUN} does not move",
        description=(
            "Not one step in 10 minutes, expected at least 1, although a run is under way "
            f"({ACTIVE} is {{{{ $value }}}})."
        ),
        runbook=runbooks.STALLED,
    ),
    Alert(
        name="TrainingLossNotFinite",
        expr=(
            f"({TRAINING_LOSS} != {TRAINING_LOSS} or abs({TRAINING_LOSS}) == Inf)\n"
            f"  and {_SAME_RUN} {ACTIVE} == 1"
        ),
        severity="page",
        summary=f"The training loss of {_RUN} is not a number",
        description="The loss is {{ $value }}, expected a finite number: further steps are lost.",
        runbook=runbooks.NOT_FINITE,
    ),
    Alert(
        name="HighTrainingLoss",
        expr=f"{TRAINING_LOSS} > {LOSS} and {_SAME_RUN} {ACTIVE} == 1",
        hold="15m",
        severity="ticket",
        summary=f"The training loss of {_RUN} stays high",
        description=(
            'The loss is {{ $value | printf "%.4g" }} after 15 minutes; '
            f"the limit is {LOSS:human}."
        ),
        runbook=runbooks.HIGH_LOSS,
    ),
    Alert(
        name="ValidationLossNotFinite",
        expr=f"{VALIDATION_LOSS} != {VALIDATION_LOSS} or abs({VALIDATION_LOSS}) == Inf",
        severity="ticket",
        summary=f"The validation loss of {_RUN} is not a number",
        description="The loss is {{ $value }}, expected a finite number: this model is not usable.",
        runbook=runbooks.NOT_FINITE,
    ),
)
