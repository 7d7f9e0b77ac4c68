"""What to do about each alert, in Markdown."""

JOB_FAILED = """\
## What it means
The last run of a job that ends ended with an exception, was stopped, or fell silent: it was
killed, or its machine went away. What it had recorded until then is kept. The alert ends with
the next run that succeeds.

## How to look
- Dashboard *Jobs*: since when, and how long did the last run take? Much shorter than before: it
  failed at its beginning. Much longer: something that it needs was slow.
- The job's own log, or the mails of cron: the exception.
- Marks on the dashboards: was something deployed just before?

## What to do
1. Mend the cause and run the job once more: the alert ends when that run does.
2. A job that nobody needs any more is forgotten 90 days after its last run; until then silence
   the alert.
"""
