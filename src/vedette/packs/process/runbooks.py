"""What to do about each alert, in Markdown."""

MEMORY_GROWTH = """\
## What it means
The process never gives back what it takes. If it goes on, the machine runs out of memory
(HostHighMemory), and the kernel kills what is largest.

## How to look
- Dashboard *Process*: a straight line is a leak, steps are caches or larger requests.
- Did it begin with a deployment?
- `tracemalloc`, or `memray attach <pid>`: which lines hold the memory?

## What to do
1. Restart it before the machine is full, one instance after the other.
2. Bound what grows: caches, queues, histories of tensors (detach them from the graph).
3. If it is a cache that is meant to grow, raise `memory_growth_bytes` in `vedette.yaml`.
"""

RECORDS_LOST = """\
## What it means
The service tried to record values that its instruments do not take: a negative step of a
counter, a NaN in a histogram, a name that another library uses. The service itself is not hurt.

## How to look
- `vedette logs <module> --grep vedette`: the first lost value of each metric, with its reason.

## What to do
1. Correct the value at the place where it is recorded.
2. If the name is taken, let only one library expose it.
"""
