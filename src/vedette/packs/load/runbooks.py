"""What to do about each alert, in Markdown."""

LOAD_TEST_FAILING = """\
## What it means
Seen from outside, as users see it, too many requests fail. The load test counts a refused
connection and a wrong answer as well, which the service itself may not notice.

## How to look
- Dashboard *Load test*: which request?
- HighErrorShare or ApplicationDown at the same time: the service. Neither: the way to it.
- `vedette logs locust`: the errors it saw.

## What to do
1. Follow the runbook of the alert on the service.
2. Only the load test fails: is its address right, does it expect what the service now answers?
3. Too much load: fewer users (`users:` of the load test), or a larger service.
"""
