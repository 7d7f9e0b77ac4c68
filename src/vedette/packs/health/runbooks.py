"""What to do about each alert, in Markdown."""

HEALTH_CHECK_FAILING = """\
## What it means
The service runs, but says that something it needs does not work: the check has failed or hung
at every look for two minutes. While it does, `/health` and `/ready` answer 503, and a load
balancer that asks them sends no requests here.

## How to look
- `vedette logs <module> --grep "health check"`: the reason, which the page itself keeps back.
- Dashboard *Health*: one instance or all of them, one check or several, since when?
- A check that became slow before it failed has run into its own time limit.

## What to do
1. All instances: repair what is checked: the database, the cache, the driver of the GPU.
2. One instance: its connection or its machine; restart it once.
3. Only the time limit is missed: look at the load of what is checked before you raise it.
"""
