"""Durations and moments as Grafana writes them."""

import re

_UNITS = {
    "ms": 0.001,
    "s": 1.0,
    "m": 60.0,
    "h": 3600.0,
    "d": 86400.0,
    "w": 604800.0,
    "M": 2592000.0,
    "y": 31536000.0,
}
_PART = re.compile(r"(\d+(?:\.\d+)?)(ms|[smhdwMy])")
_WHOLE = re.compile(r"[<>=]*\s*((?:\d+(?:\.\d+)?(?:ms|[smhdwMy]))+)\s*\Z")


def seconds(text: str) -> float | None:
    """Return a duration in seconds, `1h30m`, `>10s`; None where it is not one."""
    match = _WHOLE.match(text)
    if match is None:
        return None
    return sum(float(number) * _UNITS[unit] for number, unit in _PART.findall(match[1]))


def written(length: float) -> str:
    """Write seconds as a Prometheus duration: whole seconds where they are whole."""
    milliseconds = max(1, round(length * 1000))
    return f"{milliseconds}ms" if milliseconds % 1000 else f"{milliseconds // 1000}s"
