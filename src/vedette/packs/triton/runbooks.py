"""What to do about each alert, in Markdown."""

FAILURES = """\
## What it means
The server refused requests or failed on them. Ensembles count a failure of a step twice.

## How to look
- Dashboard *Triton*, failures by reason: REJECTED is a full queue, BACKEND the model's code.
- The server's log around the first failure.

## What to do
1. REJECTED: see TritonQueue, or raise `max_queue_size`.
2. BACKEND or OTHER after a new version of the model: go back to the one before.
3. One client only: is the shape and type of its input what the model's configuration says?
"""

QUEUE = """\
## What it means
Requests spend more time waiting than being computed: the model cannot keep up.

## How to look
- Dashboard *Triton*: mean batch size. Near 1 with a long queue, dynamic batching is off.
- GPU utilisation: is the card busy, or does the model wait for something else?

## What to do
1. Switch on `dynamic_batching`, with a delay of a few milliseconds.
2. Add an instance (`instance_group`) while the GPU has memory and time.
3. Start another server.
"""
