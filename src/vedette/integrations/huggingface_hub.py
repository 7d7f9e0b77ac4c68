"""huggingface_hub's InferenceClient: time every answer, count its tokens.

from vedette.integrations.huggingface_hub import instrument

instrument()
"""

import functools
import threading
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from vedette.model.integration import Integration
from vedette.packs.llm.calls import Call, Calls, Reading, tokens
from vedette.sdk.monitor import Monitor, default_monitor
from vedette.sdk.wrapping import wrap

if TYPE_CHECKING:
    from huggingface_hub import AsyncInferenceClient, InferenceClient

INTEGRATION = Integration(
    title="huggingface_hub",
    library="huggingface_hub",
    summary="Answers of InferenceClient by model: time, first token, tokens, errors.",
    packs=("llm",),
    example="""\
from huggingface_hub import InferenceClient

from vedette.integrations.huggingface_hub import instrument

instrument()
client = InferenceClient("http://127.0.0.1:8000/v1")
""",
)

# The method, and what OpenTelemetry calls it in gen_ai.operation.name.
_OPERATIONS = {
    "chat_completion": "chat",
    "text_generation": "text_completion",
    "feature_extraction": "embeddings",
}
_ADDRESSES = ("http://", "https://")

_watched: "WeakKeyDictionary[Any, Calls]" = WeakKeyDictionary()
_lock = threading.Lock()


class _Everyone:
    """Whose instruments record the clients that nobody named."""

    monitor: Monitor | None = None


def instrument(
    client: "InferenceClient | AsyncInferenceClient | None" = None,
    *,
    monitor: Monitor | None = None,
) -> None:
    """Record the answers that one client gets, or every client of this process.

    Chat completions, text generation and feature extraction are recorded. Text generation
    tells its tokens where it is asked with `details=True`, a stream of a chat where it is asked
    with `stream_options={"include_usage": True}`. A second call changes nothing.

    Args:
        client: Which; every one, those made later too, unless given.
        monitor: Whose instruments; the process's own unless given.
    """
    _patch()
    with _lock:
        if client is None:
            _Everyone.monitor = _Everyone.monitor or monitor or default_monitor()
        elif client not in _watched:
            _watched[client] = Calls(_provider(client), monitor=monitor)


def _calls_of(client: Any) -> Calls | None:
    if (known := _watched.get(client)) is not None or _Everyone.monitor is None:
        return known
    with _lock:
        return _watched.setdefault(client, Calls(_provider(client), monitor=_Everyone.monitor))


def _began(client: Any, method: str, asked: Any) -> Call | None:
    calls = _calls_of(client)
    if calls is None:
        return None
    named = str(asked or client.model or "")
    # The address of an endpoint is a place, not a model.
    model = "" if named.startswith(_ADDRESSES) else named
    return calls.began(model=model, operation=_OPERATIONS[method], reading=_READINGS[method])


def _provider(client: Any) -> str:
    at_an_address = str(client.model or "").startswith(_ADDRESSES)
    return str((not at_an_address and client.provider) or "hugging_face")


def _patch() -> None:
    from huggingface_hub import AsyncInferenceClient, InferenceClient

    for method in _OPERATIONS:
        wrap(InferenceClient, method, functools.partial(_followed, method=method))
        wrap(AsyncInferenceClient, method, functools.partial(_followed_async, method=method))


def _followed(original: Callable[..., Any], method: str) -> Callable[..., Any]:
    @functools.wraps(original)
    def ask(client: Any, *words: Any, **options: Any) -> Any:
        call = _began(client, method, options.get("model"))
        if call is None:
            return original(client, *words, **options)
        try:
            answer = original(client, *words, **options)
        except BaseException as error:
            call.broke(error)
            raise
        if options.get("stream"):
            return call.parts(answer)
        call.answered(answer)
        return answer

    return ask


def _followed_async(
    original: Callable[..., Awaitable[Any]], method: str
) -> Callable[..., Awaitable[Any]]:
    @functools.wraps(original)
    async def ask(client: Any, *words: Any, **options: Any) -> Any:
        call = _began(client, method, options.get("model"))
        if call is None:
            return await original(client, *words, **options)
        try:
            answer = await original(client, *words, **options)
        except BaseException as error:
            call.broke(error)
            raise
        if options.get("stream"):
            return call.parts_async(answer)
        call.answered(answer)
        return answer

    return ask


def _chat_usage(answer: Any) -> dict[str, int]:
    return tokens(answer.usage, prompt="prompt_tokens", completion="completion_tokens")


def _chat_text(part: Any) -> bool:
    return any(choice.delta.content for choice in part.choices)


def _text_usage(answer: Any) -> dict[str, int]:
    details = getattr(answer, "details", None)
    return tokens(details, prompt="input_length", completion="generated_tokens")


def _always(_: Any) -> bool:
    return True


def _no_usage(_: Any) -> dict[str, int]:
    return {}


_READINGS = {
    "chat_completion": Reading(usage=_chat_usage, is_text=_chat_text),
    "text_generation": Reading(usage=_text_usage, is_text=_always),
    "feature_extraction": Reading(usage=_no_usage, is_text=_always),
}
