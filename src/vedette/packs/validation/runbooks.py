"""What to do about each alert, in Markdown."""

DATA_CHECK_FAILING = """\
## What it means
More of what comes in than allowed is not what the model was made for.

## How to look
- Dashboard *Data validation*: one check or several, since when?
- `vedette logs <module>`: examples of refused inputs, if the service writes them down.

## What to do
1. Find who sends it: a new caller, a new version of an old one, a changed source of data.
2. Refuse it at the door with a 4xx and a reason, so that the sender learns of it.
3. If the check is too strict, correct the check, and its test.
"""
