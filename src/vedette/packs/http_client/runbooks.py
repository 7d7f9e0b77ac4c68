"""What to do when an alert of this pack fires."""

OUTGOING_REQUESTS_FAILING = """\
## What it means
A service that this one depends on refuses more of its requests than allowed (429), answers them
with a server error, or does not answer.

## How to look
- Dashboard *Outgoing requests*: which status? `error` means that no answer came at all.
- The other side's own status page, or its module here.
- Did our own traffic to it rise just before?

## What to do
1. 429: send less, or ask for a higher limit; retry with a growing pause.
2. 5xx: tell the other side; switch to a fallback if there is one.
3. `error`: name resolution, certificate, firewall, time-out: try one request by hand from here.
"""
