"""When a policy needs a person."""

from vedette.model.alert import Alert
from vedette.packs.rlhf import runbooks
from vedette.packs.rlhf.metrics import (
    CLIP_FRACTION,
    ENTROPY,
    EXPLAINED_VARIANCE,
    PREFERENCE_ACCURACY,
    PROBABILITY_RATIO,
    UPDATE_KL,
    UPDATES,
)
from vedette.packs.rlhf.recordings import SUCCESS_SHARE
from vedette.packs.rlhf.thresholds import (
    CLIPPED,
    EXPLAINED,
    PREFERENCE_HIGH,
    PREFERENCE_LOW,
    RATIO_PAGE,
    RATIO_WARN,
    SUCCESS_DROP,
)
from vedette.packs.rlhf.thresholds import ENTROPY as ENTROPY_LIMIT
from vedette.packs.rlhf.thresholds import UPDATE_KL as UPDATE_KL_LIMIT

_NAMES = "{{ $labels.model }} of {{ $labels.module }}"
_SHARE = "{{ $value | humanizePercentage }}"
_NUMBER = '{{ $value | printf "%.4g" }}'
_SAME_RUN = "on (job, instance, model, model_version, run)"
# A value that stands still, because no update is made any more, is no news.
_UPDATED = f"{_SAME_RUN} increase({UPDATES}[10m]) > 0"
_TEN_UPDATES = f"{_SAME_RUN} increase({UPDATES}[10m]) >= 10"


def _drastic(factor: object) -> str:
    return (
        f"({PROBABILITY_RATIO} > {factor} or {PROBABILITY_RATIO} < 1 / {factor})\n  and {_UPDATED}"
    )


ALERTS = (
    Alert(
        name="PolicyMovesTooFast",
        expr=(f"min_over_time({UPDATE_KL}[10m]) > {UPDATE_KL_LIMIT}\n  and {_TEN_UPDATES}"),
        severity="ticket",
        summary=f"Each update moves the policy {_NAMES} far",
        description=(
            f"The smallest KL divergence of the updates of 10 minutes, at least ten, is {_NUMBER} "
            f"nats; the limit is {UPDATE_KL_LIMIT:human}."
        ),
        runbook=runbooks.MOVES,
    ),
    Alert(
        name="PolicyRatioOff",
        expr=_drastic(RATIO_WARN),
        hold="5m",
        severity="ticket",
        summary=f"Updates of {_NAMES} change its policy drastically",
        description=(
            f"Actions are {_NUMBER} times as probable after an update as before; the limit is "
            f"{RATIO_WARN:human} times as much or as little."
        ),
        runbook=runbooks.MOVES,
    ),
    Alert(
        name="PolicyRatioBroken",
        expr=_drastic(RATIO_PAGE),
        severity="page",
        summary=f"Updates of {_NAMES} change its policy drastically",
        description=(
            f"Actions are {_NUMBER} times as probable after an update as before; the limit is "
            f"{RATIO_PAGE:human} times as much or as little."
        ),
        runbook=runbooks.MOVES,
    ),
    Alert(
        name="PolicyClipped",
        expr=f"min_over_time({CLIP_FRACTION}[10m]) > {CLIPPED}\n  and {_TEN_UPDATES}",
        severity="ticket",
        summary=f"Most of what {_NAMES} learns is cut off",
        description=(
            f"At least {_SHARE} of each of the updates of 10 minutes, at least ten, was clipped; "
            f"the limit is {CLIPPED:human}."
        ),
        runbook=runbooks.MOVES,
    ),
    # Of a continuous policy entropy may be negative, and a share of it says nothing.
    Alert(
        name="EntropyCollapse",
        expr=(
            f"{ENTROPY} < {ENTROPY_LIMIT} * (max_over_time({ENTROPY}[1d]) > 0)\n  and {_UPDATED}"
        ),
        hold="10m",
        severity="ticket",
        summary=f"The policy {_NAMES} does not try anything any more",
        description=(
            f"Its entropy is {_NUMBER} nats; the limit is {ENTROPY_LIMIT:human} of the highest "
            "of the last day."
        ),
        runbook=runbooks.ENTROPY,
    ),
    Alert(
        name="ValueFunctionMisleads",
        expr=f"max_over_time({EXPLAINED_VARIANCE}[30m]) < {EXPLAINED}\n  and {_UPDATED}",
        hold="30m",
        severity="ticket",
        summary=f"The value function of {_NAMES} is worse than none",
        description=(
            f"The best explained variance of 30 minutes is {_NUMBER}; "
            f"the limit is {EXPLAINED:human}."
        ),
        runbook=runbooks.VALUE,
    ),
    Alert(
        name="PreferencesNotLearnt",
        expr=f"max_over_time({PREFERENCE_ACCURACY}[30m]) < {PREFERENCE_LOW}\n  and {_UPDATED}",
        hold="30m",
        severity="ticket",
        summary=f"{_NAMES} does not learn what people prefer",
        description=(
            f"At best, {_SHARE} of pairs were told apart within 30 minutes; "
            f"the limit is {PREFERENCE_LOW:human}."
        ),
        runbook=runbooks.PREFERENCE,
    ),
    Alert(
        name="PreferencesTooEasy",
        expr=f"min_over_time({PREFERENCE_ACCURACY}[30m]) > {PREFERENCE_HIGH}\n  and {_UPDATED}",
        hold="30m",
        severity="info",
        summary=f"{_NAMES} agrees with people more than they do with each other",
        description=(
            f"At least {_SHARE} of pairs were told apart within 30 minutes; "
            f"the limit is {PREFERENCE_HIGH:human}."
        ),
        runbook=runbooks.PREFERENCE,
    ),
    Alert(
        name="EpisodeSuccessDropped",
        expr=f"max_over_time({SUCCESS_SHARE}[1d]) - {SUCCESS_SHARE} > {SUCCESS_DROP}",
        hold="10m",
        severity="ticket",
        summary=f"{_NAMES} succeeds less often than it did",
        description=(
            f"The share of successes of the last hour is {_SHARE} of all episodes below the best "
            f"of the day; the limit is {SUCCESS_DROP:human}."
        ),
        runbook=runbooks.SUCCESS,
    ),
)
