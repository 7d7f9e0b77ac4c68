"""What to look at: policies that learn from preference or by reinforcement."""

from vedette.model.dashboard import Dashboard, Link, Panel, Query, Row, Step, Variable
from vedette.model.metric import Metric
from vedette.packs.rlhf.metrics import (
    CLIP_FRACTION,
    ENTROPY,
    EPISODE_STEPS,
    EPISODES,
    EXPLAINED_VARIANCE,
    KL,
    PREFERENCE_ACCURACY,
    PROBABILITY_RATIO,
    REWARD_MEAN,
    REWARD_SPREAD,
    SUCCESS,
    UPDATE_KL,
    UPDATES,
    VALUE_LOSS,
)
from vedette.packs.rlhf.thresholds import CLIPPED, PREFERENCE_LOW, RATIO_WARN, SUCCESS_DROP
from vedette.packs.rlhf.thresholds import UPDATE_KL as UPDATE_KL_LIMIT

_WHERE = 'module=~"$module", instance=~"$instance"'
_M = f'{_WHERE}, model=~"$model", run=~"$run"'
_RATE = "$__rate_interval"
_BY = "by (model, run)"
_RUN = "{{model}} {{run}}"
_BLUE = (Step(colour="blue"),)


def _latest(metric: Metric, legend: str = "") -> Query:
    return Query(expr=f"max {_BY} ({metric}{{{_M}}})", legend=f"{_RUN}{legend}")


def _succeeded() -> Query:
    return Query(
        expr=(
            f'sum {_BY} (rate({EPISODES}{{{_M}, outcome="{SUCCESS}"}}[{_RATE}]))'
            f" / sum {_BY} (rate({EPISODES}{{{_M}}}[{_RATE}]))"
        ),
        legend=_RUN,
    )


def _lengths() -> tuple[Query, ...]:
    return tuple(
        Query(
            expr=(
                f"histogram_quantile({share}, sum by (model, run, le) "
                f"(rate({EPISODE_STEPS.bucket}{{{_M}}}[{_RATE}])))"
            ),
            legend=f"{_RUN} p{round(share * 100)}",
        )
        for share in (0.5, 0.95)
    )


_NOW = Row(
    title="Now",
    panels=(
        Panel(
            title="Reward now",
            description="Mean of the latest batch; should rise over the run.",
            kind="stat",
            width=6,
            height=4,
            decimals=3,
            queries=(_latest(REWARD_MEAN),),
            steps=_BLUE,
        ),
        Panel(
            title="Distance now",
            description="KL divergence from the reference, in nats: what the reward has cost.",
            kind="stat",
            width=6,
            height=4,
            decimals=3,
            queries=(_latest(KL),),
            steps=_BLUE,
        ),
        Panel(
            title="Success now",
            description="Share of the latest episodes that reached their goal.",
            kind="stat",
            unit="percentunit",
            width=6,
            height=4,
            decimals=0,
            queries=(_succeeded(),),
            steps=_BLUE,
        ),
        Panel(
            title="Preferences now",
            description=f"Share of pairs told apart; red below {PREFERENCE_LOW:human}.",
            kind="stat",
            unit="percentunit",
            width=6,
            height=4,
            decimals=0,
            queries=(_latest(PREFERENCE_ACCURACY),),
            steps=(Step(colour="red"), Step(colour="green", value=PREFERENCE_LOW)),
        ),
    ),
)
_EARNING = Row(
    title="What it earns",
    panels=(
        Panel(
            title="Reward",
            description="Rises and flattens; the spread shrinks, but one of 0 teaches nothing.",
            queries=(_latest(REWARD_MEAN, " mean"), _latest(REWARD_SPREAD, " spread")),
        ),
        Panel(
            title="KL divergence from the reference",
            description="Grows slowly; a jump while the reward rises is a reward being cheated.",
            queries=(_latest(KL),),
        ),
        Panel(
            title="Episode success",
            description=f"EpisodeSuccessDropped fires {SUCCESS_DROP:human} below the day's best.",
            unit="percentunit",
            minimum=0,
            maximum=1,
            queries=(_succeeded(),),
        ),
        Panel(
            title="Episode length",
            description="Steps or tokens; answers that only grow longer are a known way to cheat.",
            queries=_lengths(),
        ),
        Panel(
            title="Preference accuracy",
            description="Well above a half and well below 1 on pairs that were held back.",
            unit="percentunit",
            minimum=0,
            maximum=1,
            queries=(_latest(PREFERENCE_ACCURACY),),
            steps=(Step(colour="red"), Step(colour="green", value=PREFERENCE_LOW)),
        ),
        Panel(
            title="Entropy",
            description="Falls slowly; EntropyCollapse tells of one that is nearly gone.",
            queries=(_latest(ENTROPY),),
        ),
    ),
)
_LEARNING = Row(
    title="How it learns",
    panels=(
        Panel(
            title="Approximate KL of updates",
            description=f"PolicyMovesTooFast fires above {UPDATE_KL_LIMIT:human} nats.",
            width=6,
            queries=(_latest(UPDATE_KL),),
            steps=(Step(colour="green"), Step(colour="red", value=UPDATE_KL_LIMIT)),
        ),
        Panel(
            title="Clip fraction",
            description=f"PolicyClipped fires above {CLIPPED:human}.",
            unit="percentunit",
            width=6,
            queries=(_latest(CLIP_FRACTION),),
            steps=(Step(colour="green"), Step(colour="red", value=CLIPPED)),
        ),
        Panel(
            title="Policy ratio",
            description=f"Floats around 1; red beyond {RATIO_WARN:human}.",
            width=6,
            queries=(_latest(PROBABILITY_RATIO),),
            steps=(Step(colour="green"), Step(colour="red", value=RATIO_WARN)),
        ),
        Panel(
            title="Value function",
            description="Its loss falls and it explains more; below 0 it misleads.",
            width=6,
            queries=(_latest(VALUE_LOSS, " loss"), _latest(EXPLAINED_VARIANCE, " explained")),
        ),
    ),
)
_UPDATES = Row(
    title="Pace",
    panels=(
        Panel(
            title="Updates",
            description="Updates of the policy per second; flat at 0 means that it waits.",
            unit="ops",
            width=24,
            height=6,
            queries=(Query(expr=f"sum {_BY} (rate({UPDATES}{{{_M}}}[{_RATE}]))", legend=_RUN),),
        ),
    ),
)


def _choice(label: str, title: str, where: str) -> Variable:
    return Variable(name=label, label=title, query=f"label_values({UPDATES}{where}, {label})")


DASHBOARDS = (
    Dashboard(
        uid="vedette-rlhf",
        title="RLHF",
        description="Does the policy earn more, and does it still learn honestly?",
        variables=(
            _choice("module", "Module", ""),
            _choice("instance", "Instance", '{module=~"$module"}'),
            _choice("model", "Model", f"{{{_WHERE}}}"),
            _choice("run", "Run", f'{{{_WHERE}, model=~"$model"}}'),
        ),
        rows=(_NOW, _EARNING, _LEARNING, _UPDATES),
        links=(Link(title="ML training", uid="vedette-training"),),
        tags=("training", "rlhf"),
    ),
)
