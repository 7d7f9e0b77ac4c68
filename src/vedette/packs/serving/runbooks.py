"""What to do about each alert, in Markdown."""

HIGH_API_ERROR_SHARE = """\
## What it means
A larger share of the API's requests than allowed failed; users notice. Calls for metrics and
health are not counted, and fewer than `api_errors_least` failures in five minutes never count
as a pattern.

## How to look
- Dashboard *API performance*: which endpoint, which status, since when?
- `vedette logs <module> --grep -i error`: the exceptions behind the answers.
- ModelNotLoaded or ModelErrors at the same time: the model is the cause, not the API.

## What to do
1. If it began with a deployment, roll it back.
2. If one endpoint fails, look at what it depends on: model file, cache, another service.
3. If everything fails, restart one instance and see whether it recovers.
"""

HIGH_API_LATENCY = """\
## What it means
One request in twenty to this endpoint of the API takes longer than the limit.

## How to look
- Dashboard *ML metrics*: is the inference itself slow (SlowInference), or what surrounds it?
- Dashboard *API performance*: did the rate rise? Did the cache lose its entries?

## What to do
1. Slow model: see the runbook of SlowInference.
2. More load than before: add an instance or a worker, or limit the rate.
3. An empty cache: warm it before the next deployment takes traffic.
"""

MODEL_NOT_LOADED = """\
## What it means
The process runs, but says that this model cannot answer.

## How to look
- `vedette logs <module>`: the reason why loading failed: missing file, wrong version, memory.
- Was the model unloaded on purpose?

## What to do
1. Load it again, or restart the service.
2. If the file is missing or damaged, put the last good version back.
3. If memory is short, see HostHighMemory and MemoryGrowth.
"""

MODEL_ERRORS = """\
## What it means
More inferences of this model than allowed end with an error.

## How to look
- Dashboard *ML metrics*: one model or all of them?
- Dashboard *Data validation*: did wrong inputs begin at the same time?
- `vedette logs <module> --grep -i error`: the exceptions.

## What to do
1. Wrong inputs: find the caller that changed, and answer it with a 4xx instead.
2. A new version of the model: go back to the one before.
3. Out of memory: smaller batches, or fewer at a time.
"""

SLOW_INFERENCE = """\
## What it means
One inference in twenty of this model takes longer than the limit.

## How to look
- Of a language model: did its answers become longer, or each token slower (dashboard *Text
  generation*)?
- Dashboards *System overview* and *Process*: is the processor busy with something else?

## What to do
1. Longer answers: limit their length.
2. Slower tokens: look for other work on the machine, a throttled processor, or a larger model.
3. If this is how the model is, raise `inference_latency_p95_seconds` in `vedette.yaml`.
"""

LOW_CONFIDENCE = """\
## What it means
On average the model is less sure of its predictions than it should be. Often the inputs have
changed: another camera, another language, broken preprocessing.

## How to look
- Dashboard *ML metrics*: did it fall suddenly (a deployment, a data change) or slowly (drift)?
- Predictions by value: does one value take over?
- Compare some recent inputs with those the model was trained on.

## What to do
1. Sudden: undo the last change of preprocessing or model.
2. Slow: collect and label recent inputs, evaluate, train again.
3. If the model is well but always this careful, lower `model_confidence_minimum`.
"""
