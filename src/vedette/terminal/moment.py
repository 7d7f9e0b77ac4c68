"""Moments and spans of time as people write them on a command line."""

import re
from datetime import UTC, datetime

from vedette.errors import UsageError

_AGO = re.compile(r"-?\s*(\d+(?:\.\d+)?)\s*([smhdw])(?:\s*ago)?\Z")
_SECONDS = {"s": 1.0, "m": 60.0, "h": 3600.0, "d": 86_400.0, "w": 604_800.0}
_CLOCK = re.compile(r"\d{1,2}:\d{2}(:\d{2})?\Z")


def moment(text: str, now: datetime) -> float:
    """Return a moment in Unix seconds.

    Args:
        text: `2026-05-04T10:30`, `10:30` of today, `15m` (ago), or Unix seconds.
        now: The present, with its time zone; a text without one is read in it.

    Raises:
        UsageError: it is none of these.
    """
    words = text.strip()
    ago = _AGO.match(words)
    if ago:
        return now.timestamp() - float(ago[1]) * _SECONDS[ago[2]]
    try:
        return float(words)
    except ValueError:
        pass
    try:
        given = f"{now:%Y-%m-%d} {words.zfill(5)}" if _CLOCK.match(words) else words
        read = datetime.fromisoformat(given)
    except ValueError:
        problem = f"{text!r} is no moment"
        hint = "write 2026-05-04T10:30, 10:30 for today, 15m for 15 minutes ago, or Unix seconds"
        raise UsageError(problem, hint=hint) from None
    return (read if read.tzinfo else read.replace(tzinfo=now.tzinfo)).timestamp()


def written(seconds: float) -> str:
    """Write Unix seconds as a person of this place reads them."""
    return f"{datetime.fromtimestamp(seconds, UTC).astimezone():%Y-%m-%d %H:%M:%S}"
