"""What to do when an alert of this pack fires."""

SLOW_QUERIES = """\
## What it means
One query in twenty to this database takes longer than the limit.

## How to look
- Dashboard *Databases*: which operation became slow, and did the number of queries rise with it?
- Dashboard *System overview* of the database's machine: processor, disk, memory.
- The database's own list of running statements: one long query may hold a lock on which the
  others wait.

## What to do
1. One statement: explain it, add the index it wants, or fetch less.
2. Locks: end the transaction that holds them, then find out why it stays open.
3. More load than before: cache what is asked again and again, or give the database more.
"""

DATABASE_ERRORS = """\
## What it means
More queries than allowed end with an error, or connections cannot be made at all.

## How to look
- Dashboard *Databases*: only one operation, or all of them? `connect` means it cannot be reached.
- `vedette logs <module> --grep -i error`: the message of the database.

## What to do
1. It cannot be reached: is it up, and did its address, password or certificate change?
2. Errors of one statement after a deployment: go back, or run the migration that is missing.
3. Its disk is full: free some; most databases stop writing then.
"""

POOL_EXHAUSTED = """\
## What it means
Nearly all connections that this process may open are in use. The next callers wait, and their
requests with them.

## How to look
- Dashboard *Databases*: do callers wait, and since when?
- Slow queries hold their connection longer: see SlowQueries.
- A connection that is taken and never given back raises the number in use for ever.

## What to do
1. Slow queries: mend them first; a larger pool only moves the queue into the database.
2. A leak: use connections in a `with` block, and restart the process for now.
3. More load: raise the size of the pool, within what the database accepts in all.
"""
