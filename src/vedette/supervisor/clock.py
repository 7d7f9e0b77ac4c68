"""Time, given from outside: intervals from a clock that never jumps, stamps from the wall."""

import asyncio
import time
from datetime import UTC, datetime


class Clock:
    """The machine's clocks; tests give their own.

    Every decision (backoff, patience, crash loop) uses `monotonic`; `stamp` is only for
    people to read.
    """

    def monotonic(self) -> float:
        """Return seconds since some moment; never goes back."""
        return time.monotonic()

    def stamp(self) -> str:
        """Return the wall clock's time in ISO 8601, UTC, with milliseconds."""
        return datetime.now(UTC).isoformat(timespec="milliseconds")

    async def sleep(self, seconds: float) -> None:
        """Let `seconds` pass."""
        await asyncio.sleep(seconds)
