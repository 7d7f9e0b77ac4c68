"""The HTTP side of the LLM provider."""

from collections.abc import Mapping
from functools import partial
from typing import Annotated, Any

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from common import faults, serve
from common.faults import Fault
from common.limits import Limiter
from llm_provider.providers import (
    MODEL_VERSION,
    OFFERS,
    NotLoadedError,
    Provider,
    TooLongError,
    UnknownProviderError,
    find,
)
from vedette import Module
from vedette.sdk.monitor import Monitor, default_monitor

LONGEST = 200
# A provider's own limit: over all callers, like those of the big ones.
PER_SECOND, BURST = 30.0, 60.0
_STATUS: Mapping[type[Exception], int] = {
    UnknownProviderError: 404,
    TooLongError: 413,
    NotLoadedError: 503,
}


class Wish(BaseModel):
    """What is to be generated."""

    prompt: Annotated[str, Field(min_length=1, max_length=20_000)]
    provider: str = "pocket"
    length: Annotated[int, Field(ge=1, le=LONGEST)] = 40


def create_app(*, breakable: bool = False, monitor: Monitor | None = None) -> FastAPI:
    """Return the application.

    Args:
        breakable: True adds the switches that break it.
        monitor: Whose instruments; the process's own unless given.
    """
    monitor = monitor or default_monitor()
    providers = {name: Provider(offer) for name, offer in OFFERS.items()}
    checks = {name: partial(_loaded, provider) for name, provider in providers.items()}
    app = serve.application("LLM provider", checks, monitor)
    _add_generation(app, providers, Module("llm_provider", monitor=monitor))
    if breakable:
        app.include_router(faults.router(_faults(providers)))
    return app


def _add_generation(app: FastAPI, providers: Mapping[str, Provider], module: Module) -> None:
    limiter = Limiter(PER_SECOND, BURST)

    @app.post("/generate")
    def generate(wish: Wish) -> dict[str, Any]:
        """Let a provider go on from a prompt."""
        provider = find(wish.provider, providers)
        model = provider.offer.model
        module.requested(operation="generate", provider=wish.provider, model=model)
        if seconds := limiter.wait(wish.provider):
            module.rate_limited(operation="generate", provider=wish.provider, model=model)
            raise serve.TooOftenError(seconds)
        with module.operation(
            "generate", provider=wish.provider, model=model, model_version=MODEL_VERSION
        ) as work:
            answer = provider.generate(wish.prompt, wish.length)
            tokens = answer.prompt_tokens + answer.completion_tokens
            work.spent(tokens=tokens, cost=answer.cost)
        return {
            "text": answer.text,
            "provider": wish.provider,
            "model": model,
            "tokens": {"prompt": answer.prompt_tokens, "completion": answer.completion_tokens},
            "cost": answer.cost,
        }

    @app.get("/providers")
    def offers() -> dict[str, Any]:
        """Say who there is, and what they ask."""
        return {name: vars(provider.offer) for name, provider in providers.items()}

    async def failed(_: Request, error: Exception) -> JSONResponse:
        return JSONResponse({"detail": str(error)}, _STATUS[type(error)])

    for kind in _STATUS:
        app.add_exception_handler(kind, failed)


def _faults(providers: Mapping[str, Provider]) -> dict[str, Fault]:
    broken: dict[str, Fault] = {}
    for name, provider in providers.items():
        what = f"the model of the provider {name} is dropped from memory"
        broken[f"unload-{name}"] = Fault(what, provider.unload, provider.load)
        what = f"the provider {name} takes two seconds longer for each answer"
        slow, quick = partial(_pace, provider, slow=True), partial(_pace, provider, slow=False)
        broken[f"slow-{name}"] = Fault(what, slow, quick)
    return broken


def _loaded(provider: Provider) -> bool:
    return provider.loaded


def _pace(provider: Provider, *, slow: bool) -> None:
    provider.slow = slow
