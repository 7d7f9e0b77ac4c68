"""What to do about each alert, in Markdown."""

QUEUE = """\
## What it means
More requests wait than the next two batches take. The first token comes late for everybody.

## How to look
- Dashboard *vLLM*: do requests come faster, or does each take longer?
- VLLMKVCacheSaturated at the same time: memory, not arithmetic, is what is short.

## What to do
1. Start another instance, or send some of the traffic elsewhere.
2. Allow more at once (`--max-num-seqs`) while the KV cache has room.
3. Refuse early: a limit at the gateway is kinder than a long wait.
"""

KV_CACHE = """\
## What it means
The memory for what was already read is full. New requests wait, or push running ones out.

## How to look
- Dashboard *vLLM*: preemptions and waiting requests.
- Has somebody begun to send much longer prompts?

## What to do
1. Lower `--max-model-len` or `--max-num-seqs`.
2. Give it more memory: `--gpu-memory-utilization`, an 8-bit KV cache, or a larger GPU.
3. Share long beginnings: prefix caching needs them to be the same, letter by letter.
"""

PREEMPTIONS = """\
## What it means
Running requests were put back to make room, and what was computed for them is lost. The GPU is
busy, and users wait all the same.

## How to look
- Dashboard *vLLM*: the KV cache is near its end whenever this happens.

## What to do
1. Lower `--max-num-seqs`, so that fewer requests share the memory.
2. See VLLMKVCacheSaturated: the cure is the same.
"""

FAILING = """\
## What it means
Requests were taken and then ended in an error of the server's own.

## How to look
- The server's log around the first failure: out of memory, a worker that is gone, bad input?
- Dashboard *vLLM*, requests by how they ended.

## What to do
1. After an out-of-memory error: restart, and lower `--gpu-memory-utilization`.
2. After a change of model or version: go back.
3. One kind of request only: refuse it at the gateway until it is understood.
"""
