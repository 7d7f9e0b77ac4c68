"""Numbers with units, written for people."""

import math
from collections.abc import Callable

_BINARY = ("B", "KiB", "MiB", "GiB", "TiB", "PiB")
_TIMES = ((86400.0, "d"), (3600.0, "h"), (60.0, "min"), (1.0, "s"), (1e-3, "ms"), (1e-6, "µs"))
_BINARY_STEP = 1024.0


def humanise(value: float, unit: str) -> str:
    """Write `value` for a person.

    Args:
        value: In the base unit.
        unit: `seconds`, `milliseconds`, `bytes`, `ratio`, `percent`, `celsius`, or any other word,
            which is appended; `count` and the empty unit append nothing.
    """
    if not math.isfinite(value):
        return f"{value}"
    if unit in _WRITERS:
        return _WRITERS[unit](value)
    return f"{_short(value)} {unit}"


def _seconds(value: float) -> str:
    size, word = next(((s, w) for s, w in _TIMES if abs(value) >= s), _TIMES[-1])
    return f"{_short(value / size)} {word}" if value else "0 s"


def _bytes(value: float) -> str:
    step = 0
    while abs(value) >= _BINARY_STEP and step < len(_BINARY) - 1:
        value, step = value / _BINARY_STEP, step + 1
    return f"{_short(value)} {_BINARY[step]}"


def _short(value: float) -> str:
    return f"{value:.4g}" if abs(value) < 1e4 else f"{value:,.0f}"  # noqa: PLR2004 - four digits


_WRITERS: dict[str, Callable[[float], str]] = {
    "": _short,
    "count": _short,
    "ratio": lambda value: f"{_short(value * 100)} %",
    "percent": lambda value: f"{_short(value)} %",
    "seconds": _seconds,
    "milliseconds": lambda value: _seconds(value / 1e3),
    "bytes": _bytes,
    "celsius": lambda value: f"{_short(value)} °C",
}
