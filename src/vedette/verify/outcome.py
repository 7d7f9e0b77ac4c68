"""What came of one promise."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import httpx

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Step:
    """One hop on the way.

    Args:
        name: What happened.
        seconds: When, counted from the cause.
    """

    name: str
    seconds: float


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """Why a promise counts as kept.

    Args:
        text: What was seen, with its values.
        steps: The hops, where there were several.
    """

    text: str
    steps: tuple[Step, ...] = ()


class BrokenPromiseError(Exception):
    """A promise that is not kept; says what was seen instead.

    Args:
        seen: What was seen.
        steps: The hops that were made before it broke.
    """

    def __init__(self, seen: str, steps: tuple[Step, ...] = ()) -> None:
        super().__init__(seen)
        self.seen = seen
        self.steps = steps


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """One line of the ledger, judged.

    Args:
        promise: The line, in words.
        kind: Its kind.
        passed: Whether the promise is kept.
        evidence: What was seen.
        seconds: How long it took to find out.
        steps: The hops, where there were several.
        left_out: True where the machine lacks what the line needs.
    """

    promise: str
    kind: str
    passed: bool
    evidence: str
    seconds: float
    steps: tuple[Step, ...] = ()
    left_out: bool = False


def eventually(probe: Callable[[], T], within: float, every: float = 0.4) -> T:
    """Ask until the answer is good or the time is up.

    Args:
        probe: Returns the good answer, or raises what is wrong with this one.
        within: Seconds.
        every: Seconds between two questions.

    Raises:
        BrokenPromiseError: the last answer was still a bad one.
    """
    deadline = time.monotonic() + within
    while True:
        try:
            return probe()
        except (BrokenPromiseError, httpx.HTTPError) as wrong:
            if time.monotonic() >= deadline:
                seen = str(wrong) or type(wrong).__name__
                steps = wrong.steps if isinstance(wrong, BrokenPromiseError) else ()
                problem = f"{seen} (waited {within:g} s)"
                raise BrokenPromiseError(problem, steps) from None
        time.sleep(every)
