"""What to do about each alert, in Markdown."""

STALLED = """\
## What it means
A run says that it is under way, and has made no step for ten minutes. A dead process is told by
ServiceDown instead, and an idle one by neither.

## How to look
- `vedette logs <module>`: the last thing it did. Often it waits for data, a lock or another rank.
- Dashboard *Process*: a processor at 0 % waits, one at 100 % works on something long.
- `py-spy dump --pid <pid>` shows where it stands.

## What to do
1. Waiting for data: look at the loader's workers and at the disk (HostDiskSpaceLow).
2. A deadlock: stop it, and start from the last checkpoint.
3. Steps that take longer than ten minutes: call `run.step` more often.
"""

NOT_FINITE = """\
## What it means
The loss became NaN or infinite. The weights are most likely spoilt; more steps do not mend them.

## How to look
- Dashboard *Training*: did the loss explode first, or jump at once?
- One batch with broken values is enough: look at the dashboard *Data validation*.

## What to do
1. Stop the run and go back to the last checkpoint with a finite loss.
2. Exploded: lower the learning rate, clip gradients.
3. Jumped: leave out the broken batch, check its inputs.
4. Half precision: scale the loss, or train in bfloat16.
"""

HIGH_LOSS = """\
## What it means
The run goes on, and learns nothing, or not enough.

## How to look
- Dashboard *Training*: flat from the beginning, or risen again?
- Compare with the curve of a run that went well.

## What to do
1. Flat: check the labels, the learning rate, and that gradients reach the weights.
2. Risen: lower the learning rate from that checkpoint on.
3. If this loss has another scale, set `training_loss_maximum` in `vedette.yaml`.
"""
