"""What to do when an alert of this pack fires."""

LOW_SUCCESS_RATE = """\
## What it means
Fewer attempts of users than expected work out: orders, searches, uploads, whatever the operation
is called.

## How to look
- Dashboard *Business metrics*: one operation, or all of them? Since when?
- Marks on the dashboards: was something deployed just before?
- Dashboard *Application performance*: errors of the service itself.

## What to do
1. After a deployment: go back.
2. Something that the operation needs fails (payment, search index): mend or replace it.
3. Users changed what they do: if it is meant, lower `business_success_ratio_minimum`.
"""

DECLARED_METRIC_MISSING = """\
## What it means
`vedette.yaml` declares this metric, and no target has exposed it for a quarter of an hour: the
panels and decisions that rest on it see nothing.

## How to look
- Is the service that should expose it up? See the page *Targets*.
- `vedette lint <address of its metrics>`: is the name spelt differently there?

## What to do
1. Not recorded yet: record it, with exactly this name.
2. Renamed: correct `vedette.yaml`, or the code.
3. No longer wanted: remove it from `vedette.yaml`.
"""
