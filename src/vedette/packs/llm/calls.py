"""Follow a request to a model until its answer has come, whole or in parts: for integrations."""

import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from vedette.packs.llm.record import Generations
from vedette.sdk.monitor import Monitor, default_monitor

# A stream that its reader left before it was over.
ABANDONED = "abandoned"


@dataclass(frozen=True, kw_only=True)
class Reading:
    """How to read what a library's client gets.

    Args:
        usage: From an answer, or the part of one that tells it, the tokens, in the words of
            `Generations.record`; empty where it tells none.
        is_text: True for a part that brings some of the answer's text.
    """

    usage: Callable[[Any], Mapping[str, int]]
    is_text: Callable[[Any], bool]


class Calls:
    """The requests to one provider, by model.

    Args:
        provider: Who runs the models, in OpenTelemetry's words.
        monitor: Whose instruments; the process's own unless given.
    """

    def __init__(self, provider: str, *, monitor: Monitor | None = None) -> None:
        self._provider = provider
        self._monitor = monitor or default_monitor()
        self._models: dict[tuple[str, str], Generations] = {}
        self._lock = threading.Lock()

    def began(self, *, model: str, operation: str, reading: Reading) -> "Call":
        """Return the request that is sent now.

        Args:
            model: As it is asked for.
            operation: In OpenTelemetry's words: `chat`, `text_completion`, `embeddings`.
            reading: How its answer is read.
        """
        key = (model, operation)
        with self._lock:
            if key not in self._models:
                self._models[key] = Generations(
                    model, provider=self._provider, operation=operation, monitor=self._monitor
                )
        return Call(self._models[key], reading)


class Call:
    """One request; `Calls.began` gives it."""

    def __init__(self, generations: Generations, reading: Reading) -> None:
        self._generations = generations
        self._reading = reading
        self._start = time.perf_counter()
        self._first: float | None = None
        self._tokens: dict[str, int] = {}

    def answered(self, answer: object) -> None:
        """Record the whole answer."""
        self._read(answer)
        self._ended()

    def broke(self, error: BaseException) -> None:
        """Record that no answer came, or not all of it."""
        left = isinstance(error, GeneratorExit)
        name = ABANDONED if left else type(error).__name__
        self._generations.failed(seconds=self._seconds(), error=name)

    def parts(self, stream: Iterator[Any]) -> Iterator[Any]:
        """Pass the parts of an answer on, and record it once the last has come."""
        try:
            for part in stream:
                self._arrived(part)
                yield part
        except BaseException as error:
            self.broke(error)
            raise
        self._ended()

    async def parts_async(self, stream: AsyncIterator[Any]) -> AsyncIterator[Any]:
        """Pass the parts of an answer on; see `parts`."""
        try:
            async for part in stream:
                self._arrived(part)
                yield part
        except BaseException as error:
            self.broke(error)
            raise
        self._ended()

    def _arrived(self, part: object) -> None:
        try:
            if self._first is None and self._reading.is_text(part):
                self._first = self._seconds()
        except Exception:  # noqa: BLE001 - a part of an unknown shape is passed on all the same
            self._first = None
        self._read(part)

    def _read(self, answer: object) -> None:
        try:
            self._tokens.update(self._reading.usage(answer))
        except Exception:  # noqa: BLE001 - an answer of an unknown shape tells no tokens
            return

    def _ended(self) -> None:
        self._generations.record(
            seconds=self._seconds(), first_token_seconds=self._first, **self._tokens
        )

    def _seconds(self) -> float:
        return time.perf_counter() - self._start


def tokens(usage: object, *, prompt: str, completion: str) -> dict[str, int]:
    """Return the tokens of a usage as the OpenAI-like interfaces write it.

    Args:
        usage: An object with numbers; None for none.
        prompt: What it calls the tokens that were read: `prompt_tokens`, `input_tokens`.
        completion: What it calls those that were produced.
    """
    found = {
        "prompt_tokens": getattr(usage, prompt, None),
        "completion_tokens": getattr(usage, completion, None),
        "cached_tokens": getattr(getattr(usage, f"{prompt}_details", None), "cached_tokens", None),
        "reasoning_tokens": getattr(
            getattr(usage, f"{completion}_details", None), "reasoning_tokens", None
        ),
    }
    return {name: count for name, count in found.items() if isinstance(count, int)}
