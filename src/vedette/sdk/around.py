"""What happens around a block of code: its time, that it runs, what it raises.

Each is a context manager, and a decorator for functions, coroutines and generators of both
kinds. A generator is one block from its first value to its end.
"""

import inspect
import time
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Awaitable, Callable, Generator
from functools import wraps
from types import TracebackType
from typing import Any, ParamSpec, Self, TypeVar, cast

from vedette.model.metric import Metric

Raised = type[BaseException] | tuple[type[BaseException], ...]

P = ParamSpec("P")
R = TypeVar("R")


def scale(metric: Metric) -> float:
    """Return by what seconds are multiplied for the metric's own unit."""
    milliseconds = metric.unit == "milliseconds" or metric.name.endswith(("_ms", "_milliseconds"))
    return 1000.0 if milliseconds else 1.0


class Around(ABC):
    """A block of code that is watched."""

    __slots__ = ()

    @abstractmethod
    def __enter__(self) -> Self: ...

    @abstractmethod
    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...

    @abstractmethod
    def again(self) -> Self:
        """Return what watches another block in the same way."""

    def __call__(self, function: Callable[P, R]) -> Callable[P, R]:
        """Watch every call of a function."""
        return wraps(function)(cast("Callable[P, R]", self._wrapped(function)))

    def _wrapped(self, function: Callable[..., Any]) -> Callable[..., Any]:
        if inspect.iscoroutinefunction(function):
            return self._coroutine(function)
        if inspect.isasyncgenfunction(function):
            return self._async_generator(function)
        if inspect.isgeneratorfunction(function):
            return self._generator(function)

        def call(*values: Any, **names: Any) -> Any:
            with self.again():
                return function(*values, **names)

        return call

    def _coroutine(self, function: Callable[..., Awaitable[Any]]) -> Callable[..., Any]:
        async def call(*values: Any, **names: Any) -> Any:
            with self.again():
                return await function(*values, **names)

        return call

    def _generator(self, function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*values: Any, **names: Any) -> Generator[Any, Any, Any]:
            with self.again():
                return (yield from function(*values, **names))

        return call

    def _async_generator(self, function: Callable[..., Any]) -> Callable[..., Any]:
        async def call(*values: Any, **names: Any) -> AsyncIterator[Any]:
            with self.again():
                inner = function(*values, **names)
                try:
                    async for value in inner:
                        yield value
                finally:
                    await inner.aclose()

        return call


class Timer(Around):
    """Records how long a block took, also where it raised.

    Args:
        record: Takes the time.
        factor: By what seconds are multiplied before.
    """

    __slots__ = ("_factor", "_record", "_starts")

    def __init__(self, record: Callable[[float], object], factor: float = 1.0) -> None:
        self._record = record
        self._factor = factor
        self._starts: list[float] = []

    def __enter__(self) -> Self:
        """Start the clock, one that never steps back."""
        self._starts.append(time.perf_counter())
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Record the time since the block was entered."""
        self._record((time.perf_counter() - self._starts.pop()) * self._factor)

    def again(self) -> Self:
        """Return another clock that records to the same place."""
        return type(self)(self._record, self._factor)


class InProgress(Around):
    """Counts the blocks that are running.

    Args:
        began: Called when one is entered.
        ended: Called when it is left.
    """

    __slots__ = ("_began", "_ended")

    def __init__(self, began: Callable[[], object], ended: Callable[[], object]) -> None:
        self._began = began
        self._ended = ended

    def __enter__(self) -> Self:
        """Count the block."""
        self._began()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Count it no longer."""
        self._ended()

    def again(self) -> Self:
        """Return itself: it keeps nothing of a block."""
        return self


class Exceptions(Around):
    """Counts what is raised out of a block, and lets it go on.

    Args:
        count: Called for each.
        types: The exceptions that count.
    """

    __slots__ = ("_count", "_types")

    def __init__(self, count: Callable[[], object], types: Raised = Exception) -> None:
        self._count = count
        self._types = types

    def __enter__(self) -> Self:
        """Enter the block."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Count what was raised."""
        if error is not None and isinstance(error, self._types):
            self._count()

    def again(self) -> Self:
        """Return itself: it keeps nothing of a block."""
        return self
