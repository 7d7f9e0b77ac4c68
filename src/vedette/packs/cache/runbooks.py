"""What to do when an alert of this pack fires."""

LOW_HIT_RATIO = """\
## What it means
A cache that is asked at least once a second can answer less than the limit of what it is asked.

## How to look
- Dashboard *Caches*: sudden (a restart, a deployment that changed the keys) or always like this?
- Evictions: where they rise, the cache is too small for what is asked.

## What to do
1. After a restart: wait until it is warm.
2. Keys that changed, or hold something unique such as a time: mend the key.
3. Too small: give it more memory, or keep entries for a shorter time.
4. If this is how the traffic is, lower `cache_hit_ratio_minimum` in `vedette.yaml`, or drop
   the cache.
"""

CACHE_ERRORS = """\
## What it means
More commands to the cache than allowed are refused or not answered. Whoever asks it falls back
to the slow path, or fails.

## How to look
- Dashboard *Caches*: all operations, or only the ones that write?
- Is the server up, and does it accept this client's password?

## What to do
1. Not reachable: start it, or correct its address.
2. Only writes fail: it is out of memory and may not evict, or cannot save to its disk.
3. Time-outs: one huge value or command keeps it busy; find it in its slow log.
"""

MEMORY_FULL = """\
## What it means
The cache is at its memory limit and throws entries away to make room. That is its job; it is a
fault only where the share of hits falls with it.

## How to look
- Dashboard *Caches*: hits and evictions side by side.

## What to do
1. Hits stay: nothing, or raise `cache_memory_ratio`.
2. Hits fall: more memory, smaller values, shorter lifetimes.
"""
