"""The limits of this pack that a user may set."""

from vedette.model.threshold import Threshold

_PPO = "our choice after what practitioners of PPO take as healthy"

UPDATE_KL = Threshold(
    name="rlhf_approx_kl_maximum",
    default=0.03,
    help="KL divergence of updates, in nats, beyond which PolicyMovesTooFast fires.",
    source=f"{_PPO}: at most 0.03 for ten updates",
)
RATIO_WARN = Threshold(
    name="rlhf_policy_ratio_factor",
    default=2,
    help="How many times the probability of actions may change before PolicyRatioOff fires.",
    source="our choice: 0.5 to 2; TRL's guide calls 2.0 and 0.1 too drastic",
    minimum=1,
)
RATIO_PAGE = Threshold(
    name="rlhf_policy_ratio_broken_factor",
    default=10,
    help="How many times the probability of actions may change before PolicyRatioBroken fires.",
    source="our choice: 0.1 to 10; TRL's guide calls 2.0 and 0.1 too drastic",
    minimum=1,
)
CLIPPED = Threshold(
    name="rlhf_clip_fraction_maximum",
    default=0.3,
    unit="ratio",
    help="Share of updates cut off by clipping beyond which PolicyClipped fires.",
    source=f"{_PPO}: at most 0.3",
    maximum=1,
)
ENTROPY = Threshold(
    name="rlhf_entropy_ratio_minimum",
    default=0.1,
    unit="ratio",
    help="Share of its highest entropy of a day below which EntropyCollapse fires.",
    source="our choice: a tenth of what the run had before",
    maximum=1,
)
EXPLAINED = Threshold(
    name="rlhf_explained_variance_minimum",
    default=0,
    help="Explained variance of the value function below which ValueFunctionMisleads fires.",
    source="by definition: below 0 it is worse than the mean of the returns",
    minimum=-1,
    maximum=1,
)
PREFERENCE_LOW = Threshold(
    name="rlhf_preference_accuracy_minimum",
    default=0.55,
    unit="ratio",
    help="Preference accuracy below which PreferencesNotLearnt fires.",
    source="our choice: little better than a coin",
    maximum=1,
)
PREFERENCE_HIGH = Threshold(
    name="rlhf_preference_accuracy_suspicious",
    default=0.99,
    unit="ratio",
    help="Preference accuracy beyond which PreferencesTooEasy fires.",
    source="our choice: people do not agree with each other so often",
    maximum=1,
)
SUCCESS_DROP = Threshold(
    name="rlhf_success_drop",
    default=0.2,
    unit="ratio",
    help="By how much the share of successes may fall below the best of a day.",
    source="our choice: 20 points, of at least 50 episodes",
    maximum=1,
)

THRESHOLDS = (
    UPDATE_KL,
    RATIO_WARN,
    RATIO_PAGE,
    CLIPPED,
    ENTROPY,
    EXPLAINED,
    PREFERENCE_LOW,
    PREFERENCE_HIGH,
    SUCCESS_DROP,
)
