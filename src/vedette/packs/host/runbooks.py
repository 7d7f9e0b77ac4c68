"""What to do about each alert, in Markdown."""

HIGH_CPU = """\
## What it means
The machine has more to do than its processors manage; everything on it becomes slower.

## How to look
- `top` or `ps aux --sort=-%cpu | head`: which program?
- Dashboard *Process*: is it one of the watched services?

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
- MemoryGrowth at the same time: a leak.

## What to do
1. Restart what leaks.
2. Unload models that nobody asks, or use smaller batches.
3. Move one service to another machine.
"""

DISK_SPACE = """\
## What it means
A filesystem runs out of space. Databases, checkpoints and Prometheus itself stop writing then.

## How to look
- `du -xh --max-depth=2 <mountpoint> | sort -h | tail`: what is large?
- Dashboard *System overview*: steady growth, or a jump?

## What to do
1. Delete old checkpoints, logs and caches.
2. Lower `retention:` in `vedette.yaml` if it is Prometheus.
3. Enlarge the disk.
"""

INODES = """\
## What it means
The filesystem has space but cannot hold many more files.

## How to look
- `du --inodes -x --max-depth=2 <mountpoint> | sort -n | tail`: where are the files?

## What to do
1. Delete caches made of many small files.
2. Keep data sets in archives instead of one file per sample.
"""

NETWORK_ERRORS = """\
## What it means
A noticeable share of packets is damaged on the way through this interface: a cable, a port, a
driver, or an overlong packet.

## How to look
- `ip -s -s link show <device>`: which kind of error?

## What to do
1. Change the cable or the port.
2. Compare the packet size (MTU) on both sides.
3. Update the driver.
"""

CLOCK_SKEW = """\
## What it means
This machine and the one that runs Prometheus disagree about the time. Logs cannot be compared,
tokens expire early, samples are shown at wrong times.

## How to look
- `timedatectl` on both machines: is the clock synchronised?

## What to do
1. Start the time service: `systemctl enable --now systemd-timesyncd` or chrony.
2. In a virtual machine, turn on time synchronisation with its host.
"""

CONTAINER_MEMORY = """\
## What it means
The container reaches the memory that it may use. The kernel then ends a process in it, often
the model server itself.

## How to look
- `docker stats <name>`: is it still growing?
- Dashboard *Infrastructure*: a straight line is a leak, a step is a larger model or batch.

## What to do
1. Restart it before the kernel does, at a time of your choice.
2. Raise its limit (`mem_limit`, `resources.limits.memory`) if the machine has more.
3. Load fewer models, or use smaller batches.
"""
