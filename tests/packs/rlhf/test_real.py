"""A policy that really learns, with a judge that really learns, feeds every metric of the pack."""

from dataclasses import dataclass, field

import numpy as np
import pytest

from vedette.packs.rlhf.record import Reinforcement
from vedette.sdk.monitor import Monitor

GOAL = 5
PATIENCE = 20
CLIP = 0.2
UPDATES = 9  # then all walks are alike, and there is nothing left to prefer
EPISODES = 16


@dataclass
class Walk:
    """One walk along a corridor, from its middle door to the goal or until patience ends."""

    places: list[int] = field(default_factory=list)
    steps: list[int] = field(default_factory=list)
    arrived: bool = False


class Judge:
    """Learns from pairs of walks which people prefer: they like the shorter one."""

    def __init__(self):
        self.weight = 0.0

    def scores(self, walks):
        """Score each walk by its length."""
        return self.weight * np.array([len(walk.steps) / PATIENCE for walk in walks])

    def learn(self, walks):
        """Learn from each two walks of unequal length; return the share that was told apart."""
        pairs = [(a, b) for a in walks for b in walks if len(a.steps) < len(b.steps)]
        better, worse = (self.scores([pair[at] for pair in pairs]) for at in (0, 1))
        told_apart = float(np.mean(better > worse))
        for preferred, other in pairs:
            by = (len(preferred.steps) - len(other.steps)) / PATIENCE
            self.weight += 0.1 * by / (1 + np.exp(self.weight * by))
        return told_apart


class Policy:
    """Proximal policy optimisation of a table: a step left or right at each place."""

    def __init__(self):
        self.chance = np.random.default_rng(7)
        self.logits = np.zeros((GOAL, 2))
        self.worth = np.zeros(GOAL)

    def chances(self, logits=None):
        """Return how probable each step is at each place."""
        powers = np.exp(self.logits if logits is None else logits)
        return powers / powers.sum(axis=1, keepdims=True)

    def walk(self):
        """Walk once."""
        walk, place, chances = Walk(), GOAL // 2, self.chances()
        while len(walk.steps) < PATIENCE and not walk.arrived:
            step = int(self.chance.random() < chances[place, 1])
            walk.places.append(place)
            walk.steps.append(step)
            place = max(0, place + 2 * step - 1)
            walk.arrived = place == GOAL
        return walk

    def update(self, walks, rewards):
        """Learn from rewarded walks; return what such a loop logs."""
        places = np.concatenate([walk.places for walk in walks])
        steps = np.concatenate([walk.steps for walk in walks])
        returns = np.repeat(rewards, [len(walk.steps) for walk in walks])
        guessed = self.worth[places]
        before = self.chances()[places, steps]
        gain = returns - guessed
        clipped = np.zeros(len(gain), dtype=bool)
        for _ in range(4):
            chances = self.chances()
            ratio = chances[places, steps] / before
            clipped = np.where(gain > 0, ratio > 1 + CLIP, ratio < 1 - CLIP)
            pull = np.where(clipped, 0, gain * ratio) / len(walks)
            np.add.at(self.logits, (places, steps), pull)
            np.add.at(self.logits, places, -pull[:, None] * chances[places])
        for place in set(places):
            self.worth[place] += 0.5 * gain[places == place].mean()
        after = self.chances()
        ratio = after[places, steps] / before
        each = after[places]
        return {
            "reward": rewards.mean(),
            "reward_std": rewards.std(),
            "kl": (each * np.log(each / 0.5)).sum(axis=1).mean(),
            "approx_kl": (ratio - 1 - np.log(ratio)).mean(),
            "ratio": ratio.mean(),
            "clip_fraction": clipped.mean(),
            "entropy": -(each * np.log(each)).sum(axis=1).mean(),
            "value_loss": (gain**2).mean(),
            "explained_variance": 1 - gain.var() / returns.var(),
        }


@pytest.fixture
def monitor():
    return Monitor(isolated=True)


def test_what_the_metrics_say_is_what_happened(monitor, value):
    policy, judge = Policy(), Judge()
    told = Reinforcement("walker", run="1", monitor=monitor)
    logged, walks = [], []
    for _ in range(UPDATES):
        seen = [policy.walk() for _ in range(EPISODES)]
        preferences = judge.learn(seen)
        logs = policy.update(seen, judge.scores(seen))
        told.updated(**logs, preference_accuracy=preferences)
        for walk in seen:
            told.episode(success=walk.arrived, length=len(walk.steps))
        logged.append(logs | {"preference_accuracy": preferences})
        walks += seen

    def read(name, **labels):
        return value(monitor, f"rlhf_{name}", model="walker", run="1", **labels)

    last = logged[-1]
    names = {"reward_mean": "reward", "kl_divergence": "kl", "policy_ratio": "ratio"}
    names |= {name: name for name in last.keys() - set(names.values()) - {"preference_accuracy"}}
    assert {name: read(name) for name in names} == {
        name: pytest.approx(last[log]) for name, log in names.items()
    }
    assert read("updates_total") == UPDATES
    arrived = sum(walk.arrived for walk in walks)
    assert read("episodes_total", outcome="success") == arrived
    assert read("episodes_total", outcome="failure") == len(walks) - arrived
    assert read("episode_steps_count") == UPDATES * EPISODES
    assert read("episode_steps_sum") == sum(len(walk.steps) for walk in walks)
    assert read("preference_accuracy") == 1  # the judge has learnt that shorter is better
    # It learnt: it walks straight to the goal, and is far from the policy that it began as.
    assert read("entropy") < logged[0]["entropy"] / 2
    assert read("kl_divergence") > 0.3
    assert sum(walk.arrived for walk in walks[-EPISODES:]) == EPISODES
    assert any(logs["clip_fraction"] > 0 for logs in logged)
