"""The whole pack."""

from vedette.model.pack import Pack
from vedette.packs.rlhf import metrics
from vedette.packs.rlhf.alerts import ALERTS
from vedette.packs.rlhf.dashboards import DASHBOARDS
from vedette.packs.rlhf.recordings import RECORDINGS
from vedette.packs.rlhf.thresholds import THRESHOLDS

PACK = Pack(
    title="RLHF",
    summary="Does the policy earn more, and does it still learn honestly?",
    metrics=metrics.METRICS,
    thresholds=THRESHOLDS,
    alerts=ALERTS,
    recordings=RECORDINGS,
    dashboards=DASHBOARDS,
    signature=(metrics.UPDATES.name, metrics.REWARD_MEAN.name),
    example="""\
from vedette.packs.rlhf.record import Reinforcement

policy = Reinforcement("walker")
policy.updated(reward=3.2, reward_std=0.4, kl=0.8, clip_fraction=0.1, entropy=1.2)
policy.episode(success=True, length=180)
""",
)
