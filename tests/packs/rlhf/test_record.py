import math
import re

import pytest

from vedette.packs.rlhf.record import Reinforcement
from vedette.sdk.monitor import Monitor


@pytest.fixture
def monitor():
    return Monitor(isolated=True)


@pytest.fixture
def policy(monitor):
    return Reinforcement("walker", run="7", monitor=monitor)


def lines(monitor):
    """Every sample, without the labels that all of them have."""
    common = r'model="walker",|model_version="",|,?run="7"'
    found = set()
    for line in monitor.expose().body.decode().splitlines():
        if line.startswith("rlhf_"):
            found.add(re.sub(common, "", line).replace("{}", ""))
    return found


def test_an_update_shows_what_it_was_told_and_counts(monitor, policy):
    policy.updated(reward=1.5, reward_std=0.5, kl=0.25, approx_kl=0.02, ratio=1.25)
    policy.updated(clip_fraction=0.25, entropy=2, value_loss=3, explained_variance=-0.5)
    policy.updated(preference_accuracy=0.75, updates=4)
    assert lines(monitor) == {
        "rlhf_updates_total 6.0",
        "rlhf_reward_mean 1.5",
        "rlhf_reward_std 0.5",
        "rlhf_kl_divergence 0.25",
        "rlhf_approx_kl 0.02",
        "rlhf_policy_ratio 1.25",
        "rlhf_clip_fraction 0.25",
        "rlhf_entropy 2.0",
        "rlhf_value_loss 3.0",
        "rlhf_explained_variance -0.5",
        "rlhf_preference_accuracy 0.75",
    }


def test_what_nobody_measures_has_no_series(monitor, policy):
    policy.updated()
    policy.episode()
    assert lines(monitor) == {"rlhf_updates_total 1.0"}


def test_episodes_are_counted_by_their_outcome_both_from_the_beginning(monitor, policy):
    policy.episode(success=True)
    assert 'rlhf_episodes_total{outcome="failure"} 0.0' in lines(monitor)
    policy.episode(success=False, length=180)
    policy.episode(length=20)
    seen = lines(monitor)
    assert 'rlhf_episodes_total{outcome="success"} 1.0' in seen
    assert 'rlhf_episodes_total{outcome="failure"} 1.0' in seen
    assert "rlhf_episode_steps_count 2.0" in seen
    assert "rlhf_episode_steps_sum 200.0" in seen


def test_a_reward_that_is_not_a_number_is_shown_as_it_is(monitor, policy):
    policy.updated(reward=math.nan)
    assert "rlhf_reward_mean NaN" in lines(monitor)


@pytest.mark.parametrize(
    "told", [{"reward": "high"}, {"updates": -1}, {"kl": []}], ids=["text", "negative", "list"]
)
def test_nonsense_is_counted_as_lost_and_never_raised(monitor, policy, told):
    policy.updated(**told)
    policy.episode(length=math.nan)
    assert 'vedette_lost_records_total{metric="rlhf_episode_steps"} 1.0' in (
        monitor.expose().body.decode()
    )
