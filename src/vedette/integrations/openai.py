"""OpenAI's client: time every answer, count its tokens, also when it comes in parts.

from vedette.integrations.openai import instrument

instrument()
"""

import functools
import threading
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from vedette.model.integration import Integration
from vedette.packs.llm.calls import Call, Calls, Reading, tokens
from vedette.sdk.monitor import Monitor, default_monitor
from vedette.sdk.wrapping import wrap

if TYPE_CHECKING:
    import openai

INTEGRATION = Integration(
    title="OpenAI",
    library="openai",
    summary="Answers by model: time, first token, tokens of prompt and completion, errors.",
    packs=("llm",),
    example="""\
from openai import OpenAI

from vedette.integrations.openai import instrument

instrument()
client = OpenAI(api_key="...", base_url="http://127.0.0.1:8000/v1")
""",
)

_CHAT = "/chat/completions"
_RESPONSES = "/responses"
_COMPLETIONS = "/completions"
_EMBEDDINGS = "/embeddings"
# https://opentelemetry.io/docs/specs/semconv/gen-ai/: gen_ai.operation.name
_OPERATIONS = {
    _CHAT: "chat",
    _RESPONSES: "chat",
    _COMPLETIONS: "text_completion",
    _EMBEDDINGS: "embeddings",
}

_watched: "WeakKeyDictionary[Any, _Watch]" = WeakKeyDictionary()
_lock = threading.Lock()


class _Everyone:
    """Whose instruments record the clients that nobody named."""

    monitor: Monitor | None = None


def instrument(
    client: "openai.OpenAI | openai.AsyncOpenAI | None" = None,
    *,
    provider: str = "",
    monitor: Monitor | None = None,
) -> None:
    """Record the answers that one client gets, or every client of this process.

    Chat completions, responses, completions and embeddings are recorded, retries included in
    their time. A stream tells its tokens where it is asked with
    `stream_options={"include_usage": True}`. A second call changes nothing.

    Args:
        client: Which; every one, those made later too, unless given.
        provider: Who runs the models, in OpenTelemetry's words; told by the client's address
            unless given.
        monitor: Whose instruments; the process's own unless given.
    """
    _patch()
    with _lock:
        if client is None:
            _Everyone.monitor = _Everyone.monitor or monitor or default_monitor()
        elif client not in _watched:
            _watched[client] = _Watch(client, provider, monitor or default_monitor())


class _Watch:
    """The requests of one client."""

    def __init__(self, client: Any, provider: str, monitor: Monitor) -> None:
        self._calls = Calls(provider or _provider(client), monitor=monitor)

    def began(self, options: Any) -> Call | None:
        """Return the call that a request is; None for one that asks for no answer of a model."""
        kind = next((end for end in _OPERATIONS if options.url.endswith(end)), None)
        body = options.json_data
        if kind is None or not isinstance(body, Mapping):
            return None
        model = str(body.get("model", ""))
        return self._calls.began(model=model, operation=_OPERATIONS[kind], reading=_READINGS[kind])


def _watch_of(client: Any) -> _Watch | None:
    if (known := _watched.get(client)) is not None or _Everyone.monitor is None:
        return known
    with _lock:
        return _watched.setdefault(client, _Watch(client, "", _Everyone.monitor))


def _provider(client: Any) -> str:
    host = str(client.base_url.host)
    if "azure" in type(client).__name__.lower():
        return "azure.ai.openai"
    return "openai" if host.endswith("openai.com") else host


def _patch() -> None:
    import openai

    # The one place through which create(), parse(), stream() and raw responses all go.
    wrap(openai.OpenAI, "request", _followed)
    wrap(openai.AsyncOpenAI, "request", _followed_async)


def _followed(original: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(original)
    def request(client: Any, cast_to: Any, options: Any, **more: Any) -> Any:
        watch = _watch_of(client)
        call = watch.began(options) if watch else None
        if call is None:
            return original(client, cast_to, options, **more)
        try:
            answer = original(client, cast_to, options, **more)
        except BaseException as error:
            call.broke(error)
            raise
        if _is_stream(answer):
            answer._iterator = call.parts(answer._iterator)  # noqa: SLF001 - keeps the stream's own type
        else:
            call.answered(answer)
        return answer

    return request


def _followed_async(original: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    @functools.wraps(original)
    async def request(client: Any, cast_to: Any, options: Any, **more: Any) -> Any:
        watch = _watch_of(client)
        call = watch.began(options) if watch else None
        if call is None:
            return await original(client, cast_to, options, **more)
        try:
            answer = await original(client, cast_to, options, **more)
        except BaseException as error:
            call.broke(error)
            raise
        if _is_stream(answer):
            answer._iterator = call.parts_async(answer._iterator)  # noqa: SLF001 - as above
        else:
            call.answered(answer)
        return answer

    return request


def _is_stream(answer: Any) -> bool:
    import openai

    return isinstance(answer, openai.Stream | openai.AsyncStream)


def _chat_usage(answer: Any) -> dict[str, int]:
    return tokens(answer.usage, prompt="prompt_tokens", completion="completion_tokens")


def _chat_text(part: Any) -> bool:
    return any(choice.delta.content for choice in part.choices)


def _completion_text(part: Any) -> bool:
    return any(choice.text for choice in part.choices)


def _response_usage(answer: Any) -> dict[str, int]:
    whole = getattr(answer, "response", answer)  # the last event of a stream holds it
    usage = getattr(whole, "usage", None)
    return tokens(usage, prompt="input_tokens", completion="output_tokens")


def _response_text(event: Any) -> bool:
    return str(event.type).endswith(".delta")


def _no_text(_: Any) -> bool:
    return False


_READINGS = {
    _CHAT: Reading(usage=_chat_usage, is_text=_chat_text),
    _COMPLETIONS: Reading(usage=_chat_usage, is_text=_completion_text),
    _RESPONSES: Reading(usage=_response_usage, is_text=_response_text),
    _EMBEDDINGS: Reading(usage=_chat_usage, is_text=_no_text),
}
