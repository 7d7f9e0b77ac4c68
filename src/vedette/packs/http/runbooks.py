"""What to do about each alert, in Markdown."""

_FAILING = """\
## How to look
- Dashboard *Application performance*: which endpoint, which status, since when?
- `vedette logs <module> --grep -i error`: the exceptions behind the answers.
- ModelNotLoaded or ModelErrors at the same time: the model is the cause, not the web server.

## What to do
1. If it began with a deployment, roll it back.
2. If one endpoint fails, look at what it depends on: model file, database, another service.
3. If everything fails, restart one instance and see whether it recovers.
"""

HIGH_ERROR_RATE = f"""\
## What it means
More requests per second than allowed were answered with a status of 500 or above. It is a
number, not a share: in a busy service it sees what HighErrorShare is too coarse for.

{_FAILING}\
4. If this many errors are normal for so busy a service, raise `http_errors_per_second` in
   `vedette.yaml`, and let HighErrorShare watch.
"""

HIGH_ERROR_SHARE = f"""\
## What it means
A larger share of the requests than allowed was answered with a status of 500 or above; users
notice. Calls for metrics and health are not counted, and fewer than `http_errors_least`
failures in five minutes never count as a pattern.

{_FAILING}"""

HIGH_LATENCY = """\
## What it means
One request in twenty to this endpoint takes longer than the limit.

## How to look
- Dashboard *ML metrics*: is the inference itself slow (SlowInference), or what surrounds it?
- Requests in flight: a queue grows when requests come faster than they are answered.
- Dashboard *System overview*: are processor or disk saturated (HostHighCpu)?

## What to do
1. Slow model: see the runbook of SlowInference.
2. More load than before: add an instance or a worker, or limit the rate.
3. Otherwise profile one slow request.
"""

NO_TRAFFIC = """\
## What it means
The service had requests within the last hour and now gets none, while it is up. Calls for
metrics and health are not counted.

## How to look
- Can it be reached from where its users are? The proxy or load balancer before it may be down.
- Is the load test or the calling job still running?

## What to do
1. Send one request by hand along the users' path.
2. Repair the first hop that does not answer.
3. If nobody was meant to call, silence the alert for that time.
"""
