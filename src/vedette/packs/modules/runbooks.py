"""What to do about each alert, in Markdown."""

ERRORS = """\
## What it means
More of this module's operations than allowed failed within the last 5 minutes. The label
`prefix` says what its metrics begin with.

## How to look
- The module's own dashboard: which operation, which provider, which kind of error, since when?
- Dashboard *All modules*: does a module that it calls fail, too? Then begin there.
- `vedette logs <module> --grep -i error`: the exceptions.

## What to do
1. One provider fails: send its requests to another one.
2. It began with a deployment: roll it back.
3. Everything fails: restart one instance and see whether it recovers.
"""

SLOW = """\
## What it means
One operation in twenty of this kind takes longer than the limit.

## How to look
- The module's own dashboard: one operation or all of them, one provider or all?
- Cache hit ratio: an empty cache makes everything slow for a while.
- Dashboard *All modules*: a module that waits for another is as slow as that one.

## What to do
1. A slow provider: choose another one, or a smaller model.
2. More load than before: add an instance, or limit the rate.
3. If this is how long it takes, raise `module_operation_p95_seconds` in `vedette.yaml`.
"""

SECURITY_FAILURES = """\
## What it means
Inputs are refused several times as often as in the hour before: somebody tries to break in, or
a rule that was changed refuses what it should let pass.

## How to look
- The module's own dashboard, event timeline: which type of injection, since when?
- Were the rules of the check changed just then?
- `vedette logs <module>`: do the inputs come from one caller?

## What to do
1. One caller: block it, and look at what it got answers to before.
2. A rule that is too strict: take the change back, and try it on recorded inputs first.
3. An attack that goes on while it is refused: nothing was lost; watch the inputs that pass.
"""

RATE_LIMITED = """\
## What it means
For 5 minutes callers have been told to wait, more often than a limit is meant to.

## How to look
- Dashboard *All modules*: did the operations rise just then, or did the limit change?
- The module's own dashboard: which operation?
- A caller that tries again at once makes its own queue: look at its log.

## What to do
1. One caller in a loop: stop it, or let it wait longer between its tries.
2. Real demand: raise the limit, and see whether the module bears it.
3. A provider's own limit: ask for more, or spread over several providers.
"""
