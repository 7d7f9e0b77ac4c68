"""Feeds every metric of the pack through its recorders."""

from vedette.packs.rlhf.record import Reinforcement


def feed(monitor):
    """Do what a loop of reinforcement learning does."""
    policy = Reinforcement("m", monitor=monitor)
    policy.updated(
        reward=1,
        reward_std=0.5,
        kl=0.1,
        approx_kl=0.01,
        ratio=1,
        clip_fraction=0.1,
        entropy=2,
        value_loss=0.3,
        explained_variance=0.5,
        preference_accuracy=0.7,
    )
    policy.episode(success=True, length=100)
