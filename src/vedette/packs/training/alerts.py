"""When a training run needs a person."""

from vedette.model.alert import Alert
from vedette.packs.training import metrics, runbooks
from vedette.packs.training.metrics import (
    ENDED,
    GRADIENT_NORM,
    LAST_STEP,
    STARTED,
    STATE,
    STEPS,
    TRAINING_LOSS,
    VALIDATION_LOSS,
)
from vedette.packs.training.thresholds import GRADIENT, LOSS, NOT_FINITE, STALLED

_NAMES = "{{ $labels.model }} of {{ $labels.module }}"
# Not by instance: a run that died here and goes on there, or whose last values come from
# elsewhere, is one run.
_BY_RUN = "by (module, owner, model, model_version, run)"
_SAME_SERIES = "on (job, instance, model, model_version, run)"
_RUNNING = f'{STATE}{{state="{metrics.RUNNING}"}} == 1'
_IDLE = f'{STATE}{{state="{metrics.IDLE}"}} == 1'
_NUMBERS = f'{metrics.NOT_FINITE}{{kind!="{metrics.KIND_VALIDATION}"}}'


def _last(metric: object) -> str:
    """The newest value of a run, also of one whose process is gone."""
    return f"max {_BY_RUN} (last_over_time({metric}[3h]))"


ALERTS = (
    # Only of a run that said that it began: of others nobody can tell a halt from an end. The
    # steps are counted besides, so that a trainer whose clock is behind is not called still.
    Alert(
        name="TrainingStalled",
        expr=(
            f"time() - {_last(LAST_STEP)} > {STALLED}\n"
            f"  and ({_last(STARTED)}\n"
            f"    unless {_last(STARTED)} <= {_last(ENDED)})\n"
            f"  unless max {_BY_RUN} ({_IDLE})\n"
            f"  unless sum {_BY_RUN} (increase({STEPS}[5m])) > 0"
        ),
        hold="5m",
        severity="page",
        summary=f"The training of {_NAMES} does not move",
        description=(
            "The last step was {{ $value | humanizeDuration }} ago and nothing said that the run "
            f"ended; the limit is {STALLED:human}."
        ),
        runbook=runbooks.STALLED,
    ),
    # A counter that is new has no increase: what it shows at first is all from now.
    Alert(
        name="TrainingNotFinite",
        expr=(
            f"sum {_BY_RUN[:-1]}, kind) (\n"
            f"    {_NUMBERS} unless {_NUMBERS} offset 30m or increase({_NUMBERS}[30m])\n"
            f"  ) > {NOT_FINITE}"
        ),
        severity="page",
        summary=f"The training of {_NAMES} calculates with what is no number",
        description=(
            'About {{ $value | printf "%.0f" }} times within 30 minutes ({{ $labels.kind }}); '
            f"the limit is {NOT_FINITE:human}. Further steps are most likely lost."
        ),
        runbook=runbooks.NOT_FINITE,
    ),
    Alert(
        name="HighTrainingLoss",
        expr=f"{TRAINING_LOSS} > {LOSS} and {_SAME_SERIES} {_RUNNING}",
        hold="15m",
        severity="ticket",
        summary=f"The training loss of {_NAMES} stays high",
        description=(
            'The loss is {{ $value | printf "%.4g" }} after 15 minutes; '
            f"the limit is {LOSS:human}."
        ),
        runbook=runbooks.HIGH_LOSS,
    ),
    Alert(
        name="GradientExplosion",
        expr=(
            f"{GRADIENT_NORM} > {GRADIENT} * quantile_over_time(0.5, {GRADIENT_NORM}[30m])\n"
            f"  and count_over_time({GRADIENT_NORM}[30m]) >= 20\n"
            f"  and {_SAME_SERIES} {_RUNNING}"
        ),
        hold="1m",
        severity="ticket",
        summary=f"The gradients of {_NAMES} explode",
        description=(
            'Their norm is {{ $value | printf "%.4g" }}; '
            f"the limit is {GRADIENT:human} times the median of the last 30 minutes."
        ),
        runbook=runbooks.GRADIENT,
    ),
    Alert(
        name="ValidationLossNotFinite",
        expr=f"{VALIDATION_LOSS} != {VALIDATION_LOSS} or abs({VALIDATION_LOSS}) == Inf",
        severity="ticket",
        summary=f"The validation loss of {_NAMES} is not a number",
        description="The loss is {{ $value }}, expected a finite number: this model is not usable.",
        runbook=runbooks.VALIDATION_NOT_FINITE,
    ),
)
