"""Record what a language model answers: what its client calls, or the program that runs it."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from vedette.packs.llm import metrics, semconv
from vedette.packs.llm._derived import failed, milliseconds, per_token, rest
from vedette.sdk.monitor import Monitor, default_monitor
from vedette.sdk.rows import Cell, Rows

Side = Literal["client", "server"]
_SECONDS = {"client": semconv.CLIENT_SECONDS, "server": semconv.SERVER_SECONDS}


class Generations:
    """The answers of one language model; make it once and keep it.

    Each is recorded under our names and under OpenTelemetry's. A series appears with its first
    record, so a model that tells no tokens has no token series.

    Args:
        model: The model's name, as it is asked for.
        model_version: Its version, where that is not part of the name.
        provider: Who runs it, in OpenTelemetry's words: `openai`, `aws.bedrock`, `hugging_face`.
        operation: What is asked of it, in OpenTelemetry's words: `chat`, `text_completion`.
        side: `server` in the program that runs the model, `client` in one that asks for it.
        monitor: Whose instruments; the process's own unless given.
    """

    def __init__(
        self,
        model: str = "",
        *,
        model_version: str = "",
        provider: str = "",
        operation: str = "chat",
        side: Side = "client",
        monitor: Monitor | None = None,
    ) -> None:
        chosen = monitor or default_monitor()
        labels = {
            "model": model,
            "model_version": model_version,
            "gen_ai_operation_name": operation,
            "gen_ai_provider_name": provider,
            "gen_ai_request_model": model,
        }
        self._ended = Rows(chosen, ("status", "error_type"), _ended(side, labels))
        self._tokens = Rows(chosen, (), _tokens(labels))
        # A server has no metric of its own for tokens.
        self._used = Rows(chosen, (), _used(labels)) if side == "client" else None
        self._first = Rows(chosen, (), _first(side, labels))
        self._judged = Rows(chosen, (), _judged(labels))
        self._succeeded = self._ended("ok", "")
        # There from the beginning, so that a first error shows.
        chosen.counter(metrics.REQUESTS, model=model, model_version=model_version, status="error")

    def record(
        self,
        *,
        seconds: float,
        prompt_tokens: int | None = None,
        completion_tokens: int | None = None,
        cached_tokens: int | None = None,
        reasoning_tokens: int | None = None,
        first_token_seconds: float | None = None,
    ) -> None:
        """Record one answer; what is not known is left out.

        Args:
            seconds: From the request to the end of the answer.
            prompt_tokens: Tokens that the model read, those from a cache included. (Anthropic
                tells them apart: add `cache_read_input_tokens` and
                `cache_creation_input_tokens` to `input_tokens` first.)
            completion_tokens: Tokens that it produced, those of its reasoning included.
            cached_tokens: How many of the prompt's came from a cache.
            reasoning_tokens: How many of the completion's were only thought.
            first_token_seconds: From the request to the first token.
        """
        self._succeeded(milliseconds(seconds), seconds)
        if prompt_tokens is not None or completion_tokens is not None:
            self._tokens()(
                rest(prompt_tokens, cached_tokens),
                cached_tokens,
                rest(completion_tokens, reasoning_tokens),
                reasoning_tokens,
                completion_tokens,
            )
            if self._used:
                self._used()(prompt_tokens, completion_tokens)
        if first_token_seconds is not None:
            self._first()(
                first_token_seconds, per_token(seconds, first_token_seconds, completion_tokens)
            )

    def failed(self, *, seconds: float, error: str) -> None:
        """Record an answer that was asked for and never came, or not whole.

        Args:
            seconds: From the request to the error.
            error: Of which kind it was, `TimeoutError`. Few different ones, for each is a series.
        """
        self._ended("error", error)(milliseconds(seconds), seconds)

    @contextmanager
    def time(self) -> Iterator["Answer"]:
        """Record the block as one answer; one that raises is recorded with its error.

        Example:
            with generations.time() as answer:
                for part in stream:
                    answer.arrived()
                answer.used(prompt_tokens=12, completion_tokens=200)
        """
        answer = Answer()
        try:
            yield answer
        except BaseException as error:
            self.failed(seconds=answer.seconds(), error=type(error).__name__)
            raise
        first = answer.first_token_seconds
        self.record(seconds=answer.seconds(), first_token_seconds=first, **answer.tokens)

    def checked(self, passed: bool) -> None:
        """Record that an answer's safety was judged.

        Args:
            passed: False where it was unsafe.
        """
        self._judged()(failed(passed))


class Answer:
    """An answer that is on its way; `Generations.time` gives it.

    Attributes:
        first_token_seconds: From the request to its first part; None until that arrived.
        tokens: What was said of its tokens.
    """

    def __init__(self) -> None:
        self._start = time.perf_counter()
        self.first_token_seconds: float | None = None
        self.tokens: dict[str, int] = {}

    def arrived(self) -> None:
        """Say that a part of it arrived; the first one is the first token."""
        if self.first_token_seconds is None:
            self.first_token_seconds = self.seconds()

    def used(
        self,
        *,
        prompt_tokens: int | None = None,
        completion_tokens: int | None = None,
        cached_tokens: int | None = None,
        reasoning_tokens: int | None = None,
    ) -> None:
        """Say how many tokens it took; see `Generations.record`."""
        told = {
            "prompt_tokens": prompt_tokens,
            "completion_tokens": completion_tokens,
            "cached_tokens": cached_tokens,
            "reasoning_tokens": reasoning_tokens,
        }
        self.tokens |= {name: count for name, count in told.items() if count is not None}

    def seconds(self) -> float:
        """Return how long ago it was asked for."""
        return time.perf_counter() - self._start


class Costs:
    """What a day of one model costs, or of all of them.

    Args:
        model: The model's name; empty for all together.
        model_version: Its version.
        monitor: Whose instruments; the process's own unless given.
    """

    def __init__(
        self, model: str = "", *, model_version: str = "", monitor: Monitor | None = None
    ) -> None:
        chosen = monitor or default_monitor()
        labels = {"model": model, "model_version": model_version}
        self._cost = Rows(chosen, (), (Cell(metric=metrics.COST_DAILY, value="v", labels=labels),))
        self._budget = Rows(
            chosen, (), (Cell(metric=metrics.BUDGET_DAILY, value="v", labels=labels),)
        )

    def record(self, *, daily_cost: float, budget: float | None = None) -> None:
        """Record where today stands.

        Args:
            daily_cost: What today has cost so far, in pounds.
            budget: What a day may cost, in pounds; None where there is no limit.
        """
        self._cost()(daily_cost)
        if budget is not None:
            self._budget()(budget)


def _ended(side: Side, labels: dict[str, str]) -> tuple[Cell, ...]:
    return (
        Cell(metric=metrics.REQUESTS, value=1, labels=labels),
        Cell(metric=metrics.LATENCY, value="milliseconds", labels=labels),
        Cell(metric=_SECONDS[side], value="seconds", labels=labels),
    )


def _tokens(labels: dict[str, str]) -> tuple[Cell, ...]:
    parts = tuple(
        Cell(metric=metrics.TOKENS, value=part, labels={**labels, "token_type": part})
        for part in metrics.TOKEN_TYPES
    )
    return (*parts, Cell(metric=metrics.GENERATED, value="generated", labels=labels))


def _used(labels: dict[str, str]) -> tuple[Cell, ...]:
    return tuple(
        Cell(metric=semconv.TOKEN_USAGE, value=kind, labels={**labels, "gen_ai_token_type": kind})
        for kind in semconv.TOKEN_TYPES
    )


def _first(side: Side, labels: dict[str, str]) -> tuple[Cell, ...]:
    ours = (
        Cell(metric=metrics.FIRST_TOKEN_SECONDS, value="first", labels=labels),
        Cell(metric=metrics.TOKEN_SECONDS, value="each", labels=labels),
    )
    if side == "client":
        return (*ours, Cell(metric=semconv.CLIENT_FIRST_SECONDS, value="first", labels=labels))
    return (
        *ours,
        Cell(metric=semconv.SERVER_FIRST_SECONDS, value="first", labels=labels),
        Cell(metric=semconv.SERVER_TOKEN_SECONDS, value="each", labels=labels),
    )


def _judged(labels: dict[str, str]) -> tuple[Cell, ...]:
    return (
        Cell(metric=metrics.SAFETY_CHECKS, value=1, labels=labels),
        Cell(metric=metrics.SAFETY_FAILURES, value="failed", labels=labels),
    )


# What `ContinuousMonitor` offers, by name.
CONTINUOUS = {"costs": Costs, "generations": Generations}
