"""What to do about each alert, in Markdown."""

FAILED = """\
## What it means
The proxy answers a noticeable share of requests with an error.

## How to look
- Dashboard *LiteLLM*, failures by kind: RateLimitError is a provider's limit,
  AuthenticationError a key, Timeout a slow provider, BadRequestError the caller.
- LiteLLMDeploymentDown at the same time: that deployment.

## What to do
1. A limit: spread over more deployments, or ask the provider for more.
2. A key: renew it.
3. Name a fallback for the model, so that the next failure is not seen.
"""

SLOW = """\
## What it means
One in twenty requests takes longer than people wait.

## How to look
- Dashboard *LiteLLM*: the whole time beside the provider's. Close together, the provider is
  slow; far apart, the proxy itself.

## What to do
1. The provider: route by latency, or name another deployment.
2. The proxy: more workers, a closer database, fewer callbacks on each request.
3. Longer answers than before: limit `max_tokens`.
"""

DOWN = """\
## What it means
Every recent request to this deployment failed, so the proxy sends nothing there any more.

## How to look
- The provider's status page.
- The proxy's log: which error came last?

## What to do
1. See that a fallback carries the traffic.
2. Renew the key or the quota, if that is what it says.
3. Take the deployment out of the configuration if it is gone for good.
"""
