"""Training from preference and by reinforcement: what the libraries of the field log."""

from vedette.model.metric import MODEL, Metric

# As in every pack about training: which model, and which of its runs.
RUN = (*MODEL, "run")
SUCCESS, FAILURE = "success", "failure"
OUTCOMES = (SUCCESS, FAILURE)
_FIELD = "it is what the field calls it"


def _latest(name: str, help_: str) -> Metric:
    return Metric(name=name, kind="gauge", help=help_, labels=RUN, workers="mostrecent")


def _share(name: str, help_: str) -> Metric:
    return Metric(
        name=name,
        kind="gauge",
        help=f"{help_}, from 0 to 1.",
        unit="ratio",
        labels=RUN,
        range=(0, 1),
        workers="mostrecent",
        waiver=_FIELD,
    )


UPDATES = Metric(
    name="rlhf_updates_total",
    kind="counter",
    help="Updates of the policy that were done.",
    labels=RUN,
)
REWARD_MEAN = _latest("rlhf_reward_mean", "Mean reward of the latest batch.")
REWARD_SPREAD = _latest("rlhf_reward_std", "Standard deviation of the rewards of the latest batch.")
KL = _latest(
    "rlhf_kl_divergence",
    "How far the policy is from the reference it began as: mean KL divergence, in nats.",
)
UPDATE_KL = _latest(
    "rlhf_approx_kl",
    "How far the latest update moved the policy: approximate KL divergence, in nats.",
)
PROBABILITY_RATIO = _latest(
    "rlhf_policy_ratio",
    "Probability of an action after the update to that before, mean of the batch; 1 is no change.",
)
CLIP_FRACTION = _share("rlhf_clip_fraction", "Share of the update that was cut off by clipping")
ENTROPY = _latest("rlhf_entropy", "Mean entropy of the policy, in nats: how much it still tries.")
VALUE_LOSS = _latest("rlhf_value_loss", "Loss of the value function.")
EXPLAINED_VARIANCE = _latest(
    "rlhf_explained_variance",
    "Share of the returns' variance that the value function explains; below 0 it misleads.",
)
PREFERENCE_ACCURACY = _share(
    "rlhf_preference_accuracy", "Share of pairs in which the preferred answer scores higher"
)
EPISODES = Metric(
    name="rlhf_episodes_total",
    kind="counter",
    help="Episodes that ended, by how.",
    labels=(*RUN, "outcome"),
    values={"outcome": OUTCOMES},
)
EPISODE_STEPS = Metric(
    name="rlhf_episode_steps",
    kind="histogram",
    help="Length of an episode, in steps or tokens.",
    labels=RUN,
    buckets=(1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 50000),
)

METRICS = (
    UPDATES,
    REWARD_MEAN,
    REWARD_SPREAD,
    KL,
    UPDATE_KL,
    PROBABILITY_RATIO,
    CLIP_FRACTION,
    ENTROPY,
    VALUE_LOSS,
    EXPLAINED_VARIANCE,
    PREFERENCE_ACCURACY,
    EPISODES,
    EPISODE_STEPS,
)
