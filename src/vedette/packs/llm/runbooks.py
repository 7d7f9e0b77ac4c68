"""What to do about each alert, in Markdown."""

HIGH_INFERENCE_LATENCY = """\
## What it means
One answer in twenty takes longer than the limit, for five minutes now. It is the 95th
percentile over all answers of a model, failed ones included; the mean may still look well.

## How to look
- Dashboard *HuggingFace Pro + MCP*: did p50 rise as well (every answer), or p99 alone (a few)?
- Dashboard *Text generation*: is it the time to the first token (waiting, long prompts), or the
  time per token (a slower model or machine), or are the answers longer?
- A hosted model: does its provider report trouble?

## What to do
1. Waiting for the first token: fewer requests at a time, shorter or cached prompts.
2. Slower tokens: see the dashboards of GPU and host, or fall back to another model.
3. Longer answers: limit their length.
4. If this is how long its answers take, raise `llm_latency_p95_milliseconds` in `vedette.yaml`.
"""

LOW_THROUGHPUT = """\
## What it means
Requests arrive, and the model produces fewer tokens per second than it should, for ten minutes
now. Without requests it never fires.

## How to look
- Dashboard *HuggingFace Pro + MCP*: did the token rate fall while requests stayed the same?
- Dashboard *Text generation*: do requests end in errors? Did answers become shorter?
- HighInferenceLatency at the same time: the model is slow, not idle.

## What to do
1. Errors: `vedette logs <module> --grep -i error`.
2. A slow model: the runbook of HighInferenceLatency.
3. Only few or short answers are asked for: the traffic is small, not the throughput. Lower
   `llm_tokens_per_second_minimum` in `vedette.yaml` to what this traffic needs.
"""
