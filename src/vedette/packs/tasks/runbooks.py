"""What to do about each alert, in Markdown."""

TASKS_FAILING = """\
## What it means
Too large a share of this task's runs ended with an exception, a time limit or a killed worker.
Runs that are tried again are not counted until they have ended for good.

## How to look
- Dashboard *Tasks*: one task or all of them, since when? Do retries rise, too?
- `vedette logs <module> --grep -i error`: the exceptions.
- HealthCheckFailing at the same time: what the tasks depend on is the cause.

## What to do
1. One task: undo its last change, or find the caller whose arguments changed.
2. All tasks: repair what they share: database, broker, memory of the workers.
3. Runs that were lost must be sent again; look at the queue's own list of results.
"""

TASKS_WAITING = """\
## What it means
One run in twenty of this task stood in the queue longer than the limit before a worker took it.

## How to look
- Dashboard *Tasks*: are there more tasks than before, or does each take longer?
- Tasks in progress: as many as there are workers means that all are busy.
- Fewer instances than there should be: a worker has died.

## What to do
1. More tasks: start more workers, or limit who sends.
2. Slower tasks: look at what they wait for (dashboard *Database*, *System overview*).
3. One slow kind holds up the others: give it a queue and workers of its own.
"""
