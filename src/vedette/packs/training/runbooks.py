"""What to do about each alert, in Markdown."""

STALLED = """\
## What it means
A run began, has not said that it ended, and makes no steps: it hangs, or its process is gone.
One that finished, was stopped, failed with an exception or says that it is idle is not meant.

## How to look
- Is the process still there? `vedette logs <module>` shows the last thing that it did; the
  kernel's log shows whether it was killed for memory.
- If it is, `py-spy dump --pid <pid>` shows where it stands. Often it waits for data, a lock or
  another rank.
- Dashboard *Process*: a processor at 0 % waits, one at 100 % works on something long.

## What to do
1. Gone: start it from the last checkpoint. Killed for memory: with smaller batches.
2. Waiting for data: look at the loader's workers and at the disk.
3. A deadlock: stop it, and start from the last checkpoint.
4. A long evaluation: put it into `with run.idle():`. Steps that take longer than ten minutes:
   raise `training_stalled_seconds` in `vedette.yaml`.
5. Over in good order, and nobody said so: call `run.ended()`, or use `with Training(...)`.
"""

NOT_FINITE = """\
## What it means
A loss or a gradient norm became NaN or infinite (the label `kind` says which), or the loss was
exactly 0 twice in a row, as libraries show it that hide NaN. The weights are most likely
spoilt; more steps do not mend them.

## How to look
- Dashboard *ML training*: did the loss or the gradient norm explode first, or jump at once?
- Only gradient norms, a few at the beginning of a run in half precision: the search for a scale.
- `zero_loss`: look at the gradient norm, and switch `logging_nan_inf_filter` off where the
  library has it. A loss that can really be 0 is no fault.
- One batch with broken values is enough: look at the dashboard *Data validation*.

## What to do
1. Stop the run and go back to the last checkpoint with a finite loss.
2. Exploded: lower the learning rate, clip gradients.
3. Jumped: leave out the broken batch, check its inputs.
4. Half precision: scale the loss, or train in bfloat16. For a few at the start, raise
   `training_not_finite_maximum`.
"""

HIGH_LOSS = """\
## What it means
The run goes on, and learns nothing, or not enough.

## How to look
- Dashboard *ML training*: flat from the beginning, or risen again?
- Compare with the curve of a run that went well.

## What to do
1. Flat: check the labels, the learning rate, and that gradients reach the weights.
2. Risen: lower the learning rate from that checkpoint on.
3. If this loss has another scale, set `training_loss_maximum` in `vedette.yaml`.
"""

GRADIENT = """\
## What it means
The gradients are many times larger than they were in the last half hour. A single broken batch
does this, and so does a run that is about to diverge.

## How to look
- Dashboard *ML training*: did the loss rise with them? One peak, or again and again?
- Did the learning rate just change?

## What to do
1. One peak, and the loss is well: nothing, if gradients are clipped; else clip them.
2. Again and again, or a loss that rises: lower the learning rate from the last good checkpoint.
3. At the same step of every epoch: find the batch and look at its inputs.
"""

VALIDATION_NOT_FINITE = """\
## What it means
On data that it is not trained on, the model's loss is NaN or infinite: it is not usable as it is.

## How to look
- Dashboard *ML training*: is the training loss finite? Then the data differ, not the weights.
- Is there an empty batch, or a division by a count of 0, in the evaluation?

## What to do
1. Both losses broken: see the runbook of TrainingNotFinite.
2. Only this one: look for NaN in the validation data, and for a mean over nothing.
3. Do not publish this model; take the last one with a finite loss.
"""
