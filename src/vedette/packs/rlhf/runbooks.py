"""What to do about each alert, in Markdown."""

MOVES = """\
## What it means
Updates change the policy more than the data they rest on can justify: their KL divergence is
large, much of them is clipped, or actions become many times as probable as before. What was
collected with the old policy says little about the new one, and training becomes unstable.

## How to look
- Dashboard *RLHF*: approximate KL, clip fraction and policy ratio; do they rise together?
- Does the reward fall afterwards? Then the steps are too large already.
- A ratio far from 1 right at the start means that the two probabilities are calculated in
  different ways: other precision, another temperature, dropout, a stale copy of the weights.

## What to do
1. Lower the learning rate, or make fewer passes over each batch.
2. Larger batches, or a smaller clipping range.
3. A ratio that is off from the start: calculate both probabilities with the same code.
"""

ENTROPY = """\
## What it means
The policy has become nearly certain of each action. It explores no more, and cannot find
anything better.

## How to look
- Dashboard *RLHF*: did the reward reach its best at the same time? Then it may be done.
- Of a language model: are the answers all alike?

## What to do
1. Raise the bonus for entropy, or lower the learning rate.
2. Go back to a checkpoint from before the collapse.
3. The task is solved: stop the run.
"""

VALUE = """\
## What it means
The value function predicts the returns worse than their mean would. Advantages are then mostly
noise, and the policy learns slowly or not at all.

## How to look
- Dashboard *RLHF*: does the value loss fall? Did the scale of the rewards change?

## What to do
1. Normalise the rewards or returns.
2. Train the value function more: a higher rate, a larger coefficient, its own network.
3. Early in a long run this can be normal: wait, or lower `rlhf_explained_variance_minimum`.
"""

PREFERENCE = """\
## What it means
The share of pairs in which the preferred answer scores higher is close to a coin's, or close to
perfect. The first learns nothing; the second has most likely found a shortcut.

## How to look
- Close to a coin: are preferred and rejected mixed up? Do the people who judged agree?
- Close to perfect: does length alone tell the answers apart? Are pairs of the evaluation also
  in the training data?

## What to do
1. Read twenty pairs with their scores.
2. Close to a coin: mend the data; then try a higher rate.
3. Close to perfect: take out the shortcut and the duplicates; stop earlier.
"""

SUCCESS = """\
## What it means
Of the episodes of the last hour, at least fifty, clearly fewer succeeded than at the best time
of the last day. The policy forgets, or the task became harder.

## How to look
- Dashboard *RLHF*: did the reward fall as well? If it rose, the policy has found a way to earn
  without succeeding: the reward is wrong.
- Did the tasks, the simulator or the people change?

## What to do
1. Reward up, success down: stop, and mend the reward.
2. Both down: go back to the checkpoint of the best hour, with a lower learning rate.
3. Harder tasks on purpose: raise `rlhf_success_drop`, or silence it for a day.
"""
