"""What to do about each alert, in Markdown."""

LOG_ERRORS = """\
## What it means
The service logs more errors than usual, for at least five minutes. Nobody who uses it need have
noticed: what is caught and logged is often the first sign of what will fail next.

## How to look
- Dashboard *Logs*: which logger, one instance or all, since when?
- `vedette logs <module> --grep -i error`: the messages themselves.
- Did it begin with a deployment (the annotations on every dashboard)?

## What to do
1. One message over and over: repair its cause, or what it depends on.
2. Many different ones: look for what they share: a database, a disk, memory.
3. Errors that are none: log them as warnings; then the alert is quiet, and true.
"""
