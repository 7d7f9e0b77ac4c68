"""What to do about each alert, in Markdown."""

WATCHDOG = """\
## What it means
This alert fires all the time, and that is good: it travels the same way as every other alert.
Route it to a service that complains when it stops (a dead man's switch).

## How to look
- The console's overview shows when Alertmanager last heard of it.

## What to do
1. While it fires: nothing.
2. If it is missing: `vedette status` and `vedette doctor`, then look at RuleEvaluationFailing
   and AlertmanagerUnreachable.
"""

SERVICE_DOWN = """\
## What it means
Prometheus asked an instance of the service for its metrics and got no answer, for a minute.
People who use the service most likely get none either.

## How to look
- `vedette status`: is the program running, how often was it restarted?
- `vedette logs <module>`: the last lines before it went away.
- `vedette doctor`: tells a refused connection from a wrong path or a wrong host name.

## What to do
1. Restart it: `vedette restart <module>`, or as its owner starts it.
2. If it dies again, look for its last exception and for the machine's memory (HostHighMemory).
3. If it runs but Prometheus cannot reach it, correct `targets:` in `vedette.yaml`, then
   `vedette reload`.
"""

TARGET_DOWN = """\
## What it means
A program of the stack answered none of the last scrapes. Alerts that rest on its metrics are
blind. (A module that does not answer is told by ApplicationDown.)

## How to look
- The console's page *Targets* shows the error of the last scrape.
- `vedette doctor`: refused, wrong path, not Prometheus text, or a host name that a container
  does not know.

## What to do
1. `vedette logs <program>`: why it went away.
2. `vedette restart <program>`.
3. If it is no longer wanted, remove it from `vedette.yaml`, then `vedette reload`.
"""

TARGET_MISSING = """\
## What it means
A job that was scraped lately is gone from the configuration, or its discovery finds nothing.

## How to look
- `vedette config show`: is the module or component still in the plan?

## What to do
1. If it was removed on purpose, wait: the alert ends within half an hour.
2. Otherwise put it back, then `vedette reload`.
"""

SCRAPE_SLOW = """\
## What it means
A target needs so long to list its metrics that scrapes may fail, and that it may suffer itself.

## How to look
- Samples per scrape on the dashboard *Stack*: too many series are slow to write.
- Is the machine saturated (HostHighCpu)?

## What to do
1. Many series: find the label with many values and remove it.
2. Something slow behind a gauge: measure it in the background instead.
3. If it cannot be faster, scrape it less often (`scrape_interval:` of the module).
"""

RELOAD_FAILED = """\
## What it means
A configuration was put in place that the program does not accept. It still runs with the old
one, and would not start again with this one.

## How to look
- `vedette logs prometheus` or `vedette logs alertmanager`: the line that it complains about.

## What to do
1. `vedette config check` judges the plan; correct what it names.
2. `vedette reload` renders and validates everything anew.
"""

RULES_FAILING = """\
## What it means
Prometheus cannot evaluate some rules: their alerts cannot fire, whatever happens.

## How to look
- The console's page *Alerts*, or `/api/v1/rules` of Prometheus: `lastError` of each rule.
- Often: many-to-many matching, because a join finds a label twice.

## What to do
1. Correct the expression, and add the case to the pack's promtool tests.
2. `vedette reload`.
"""

RULES_SLOW = """\
## What it means
A group of rules needs longer than its interval, so alerts come late.

## How to look
- `/api/v1/rules` of Prometheus: `evaluationTime` of each rule.

## What to do
1. Record the costly part as a rule of its own.
2. Lower the number of series that it reads, or give the machine more processor.
"""

ALERTMANAGER_UNREACHABLE = """\
## What it means
Prometheus has alerts and cannot hand them over. This alert itself may not arrive: it is seen
on the console.

## How to look
- `vedette status`: is Alertmanager running?
- `vedette logs prometheus --grep notify`: the error.

## What to do
1. `vedette restart alertmanager`.
2. If it runs, compare its address and login with Prometheus' configuration, `vedette reload`.
"""

NOTIFICATIONS_FAILING = """\
## What it means
Alertmanager cannot deliver: the mail server, the webhook or the chat does not take it.

## How to look
- `vedette logs alertmanager --grep -i notify`: the answer of the other side.

## What to do
1. Address or password wrong: correct `receivers:` in `vedette.yaml`, then `vedette reload`.
2. The other side is down: tell people another way until it is back.
3. Add a second way to the receiver, so that one failure never silences everything.
"""

STORAGE_FAILING = """\
## What it means
Prometheus found damage in what it stored, or could not compact it. Samples may be lost.

## How to look
- Free space below the state folder (HostDiskSpaceLow).
- `vedette logs prometheus --grep -i -e compact -e corrupt`.

## What to do
1. Make room, or lower `retention:`.
2. Restart it; it repairs its write-ahead log at start.
3. If a block is damaged, move that block out of the data folder and keep it.
"""

SAMPLES_REFUSED = """\
## What it means
Two sources write the same series, or a target sets times of its own that go backwards.

## How to look
- `vedette logs prometheus --grep -i -e "out of order" -e duplicate`: which target?
- Do two modules have the same target?

## What to do
1. Scrape each target once.
2. Let the target expose samples without times.
"""
