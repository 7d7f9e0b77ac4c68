"""An operation under way: a block that is timed, or a function each of whose calls is."""

import inspect
import time
from collections.abc import Callable
from functools import wraps
from types import TracebackType
from typing import Any, Self, TypeVar, Unpack

from vedette.packs.modules._key import UNNAMED, Key, With, changed

F = TypeVar("F", bound=Callable[..., Any])

# Seconds, and the kind of error; empty where there was none.
Ended = Callable[[Key, float, str], None]
# Tokens and cost; None for what was not spent.
Spent = Callable[[Key, float | None, float | None], None]


class Operation:
    """One operation, from its beginning to its end; a block that raises has failed.

    Args:
        key: What it works with.
        ended: Told when it is over.
        spent: Told what it spends, while it does.
    """

    __slots__ = ("_ended", "_error", "_key", "_spent", "_start")

    def __init__(self, key: Key, ended: Ended, spent: Spent) -> None:
        self._key = key
        self._ended = ended
        self._spent = spent
        self._error = ""
        self._start = 0.0

    def used(self, **what: Unpack[With]) -> None:
        """Say what it turned out to work with; before it is told what that spent.

        Args:
            what: `provider`, `model`, `model_version`.
        """
        self._key = changed(self._key, what)

    def spent(self, *, tokens: float | None = None, cost: float | None = None) -> None:
        """Record what it turned out to spend; several times, where it spends in parts.

        Args:
            tokens: Read and written.
            cost: In the module's currency.
        """
        self._spent(self._key, tokens, cost)

    def failed(self, error_type: str = UNNAMED) -> None:
        """Say that it failed although nothing is raised.

        Args:
            error_type: What failed.
        """
        self._error = error_type or UNNAMED

    def __enter__(self) -> Self:
        self._start = time.perf_counter()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        raised = kind.__name__ if kind else ""
        self._ended(self._key, time.perf_counter() - self._start, self._error or raised)

    def __call__(self, function: F) -> F:
        """Return the function, each call of which is one operation."""
        if inspect.iscoroutinefunction(function):

            @wraps(function)
            async def later(*args: Any, **kwargs: Any) -> Any:
                with Operation(self._key, self._ended, self._spent):
                    return await function(*args, **kwargs)

            return later  # type: ignore[return-value]  # wraps keeps what callers see

        @wraps(function)
        def now(*args: Any, **kwargs: Any) -> Any:
            with Operation(self._key, self._ended, self._spent):
                return function(*args, **kwargs)

        return now  # type: ignore[return-value]  # wraps keeps what callers see
