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

LABEL_SETS_FOLDED = """\
## What it means
One metric has as many label sets as it may have (`VEDETTE_LABEL_SETS_LIMIT`, 1,000 unless it was
set), so that new values of the label with the most of them are recorded as `other`. Sums stay
right, memory stays bounded; what is new can no longer be told apart.

## How to look
- `vedette logs <module> --grep "label sets"`: the metric, the label, and examples of its values.

## What to do
1. A label must hold one of few values: a route, not a path; a kind of error, not its message.
   Users, prompts and identifiers belong into logs, traces or an exemplar.
2. Where so many label sets are meant, raise the limit, and expect the memory of Prometheus to
   follow: some kilobytes for each.
"""

OPEN_FILES = """\
## What it means
Soon the process cannot open another file or connection: requests fail, logs stop.

## How to look
- `ls -l /proc/<pid>/fd | awk '{print $NF}' | sort | uniq -c | sort -n | tail`: of which kind?
- Dashboard *Process*, *Open files*: a straight line is a leak.

## What to do
1. Close what is opened: files, responses, sockets; use `with`.
2. Bound pools of connections.
3. If it needs as many, raise the limit: `ulimit -n`, or `LimitNOFILE=` of its service.
"""

HIGH_CPU = """\
## What it means
The machine has more to do than its processors manage; everything on it becomes slower.

## How to look
- `top` or `ps aux --sort=-%cpu | head`: which program?
- Dashboard *Process*: is it this service, or one of its children?

## What to do
1. Stop or move what does not belong there.
2. Give the service fewer threads, or a larger machine.
3. If this machine is meant to be busy, raise the limit under `thresholds:` in `vedette.yaml`.
"""

HIGH_MEMORY = """\
## What it means
Soon the kernel will kill a program to get memory back, and often takes the largest: the model.

## How to look
- `ps aux --sort=-rss | head`: which program?
- MemoryGrowth at the same time: a leak of the service itself.

## What to do
1. Restart what leaks.
2. Unload models that nobody asks, or use smaller batches.
3. Move one service to another machine.
"""

DISK_SPACE = """\
## What it means
A filesystem runs out of space. Checkpoints, logs and databases stop being written then.

## How to look
- `du -xh --max-depth=2 <mountpoint> | sort -h | tail`: what is large?
- Dashboard *Machine*, *Free disk space*: steady growth, or a jump?

## What to do
1. Delete old checkpoints, logs and caches.
2. Enlarge the disk.
"""
