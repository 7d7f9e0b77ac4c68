"""What to do about each alert, in Markdown."""

UNHEALTHY = """\
## What it means
A replica does not answer its health check. Ray starts another one, unless there is no room.

## How to look
- `ray serve status`, and the replica's log in Ray's own dashboard: out of memory, a model that
  does not load, a GPU that is taken?

## What to do
1. No room: free resources, or lower `num_replicas`.
2. The model does not load: go back to the version before.
3. It is only slow: give `health_check_timeout_s` more time.
"""

ERRORS = """\
## What it means
The deployment's own code raises on a share of the requests.

## How to look
- Dashboard *Ray Serve*: which deployment, since when?
- The replicas' logs around the first error.

## What to do
1. After a change: go back.
2. One kind of request only: refuse it before it comes to the model.
"""

QUEUE = """\
## What it means
Requests wait for a replica, longer and longer.

## How to look
- Dashboard *Ray Serve*: do requests come faster, or does each take longer?

## What to do
1. Raise `max_replicas` of the autoscaling, if the cluster has room.
2. Raise `max_ongoing_requests`, if a replica could do more at once.
3. Limit `max_queued_requests`: refusing early is kinder than a long wait.
"""
