"""The thresholds of a plan: the packs' defaults, overridden by the file."""

import math
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

from vedette.model.pack import Pack
from vedette.model.threshold import Threshold
from vedette.model.unit import humanise
from vedette.planfile.document import Path
from vedette.planfile.scope import Scope

_NUMBER = re.compile(r"([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,3})?)\s*(.*)\Z", re.DOTALL)
_PART = re.compile(r"(\d+\.?\d*|\.\d+)\s*(ns|us|µs|ms|min|s|m|h|d|w)")
_SECONDS = {
    "ns": "0.000000001", "us": "0.000001", "µs": "0.000001", "ms": "0.001", "s": "1", "m": "60",
    "min": "60", "h": "3600", "d": "86400", "w": "604800",
}  # fmt: skip
_BYTES = {"B": "1"} | {
    f"{prefix}{suffix}": str(base ** (power + 1))
    for suffix, base in (("B", 1000), ("iB", 1024))
    for power, prefix in enumerate("KMGTP")
}
_BYTES["kB"] = _BYTES["KB"]
# How many of a unit of time are in a second.
_TIMES = {"seconds": 1, "milliseconds": 1000}
# Factors from what is written to a threshold's own unit.
_FACTORS: Mapping[str, Mapping[str, str]] = {
    "seconds": _SECONDS,
    "bytes": _BYTES,
    "ratio": {"%": "0.01"},
    "percent": {"%": "1"},
}


def thresholds(
    given: Mapping[str, float | str], used: Mapping[str, Pack], scope: Scope
) -> dict[str, float]:
    """Return the value of every threshold of the packs in use.

    Args:
        given: What the file says, by name.
        used: The packs in use, by name.
        scope: The reading; gets the findings.
    """
    known = {limit.name: limit for limit in _all(used.values())}
    values = {name: limit.default for name, limit in known.items()}
    for name, written in given.items():
        path: Path = ("thresholds", name)
        if name not in known:
            _report_unknown(name, known, scope)
            continue
        limit = known[name]
        value = quantity(written, limit.unit)
        if value is None:
            message = f"{written!r} is no value in {limit.unit or 'plain numbers'}"
            scope.report("plan-type", path, f"{name}: {message}", hint=_hint(limit))
        elif not limit.minimum <= value <= limit.maximum:
            message = f"{name} is {humanise(value, limit.unit)}, which is out of its range"
            scope.report("plan-range", path, message, hint=_range(limit))
        else:
            values[name] = value
    return values


def quantity(written: float | str, unit: str) -> float | None:
    """Return a value in `unit`, None where the text is not one.

    Args:
        written: A number in `unit`, or a text with another unit of the same kind:
            `500ms`, `1h30m`, `5%`, `2GiB`.
        unit: `seconds`, `milliseconds`, `bytes`, `ratio`, `percent`, or any other word.
    """
    if not isinstance(written, str):
        return float(written) if abs(written) < math.inf else None
    text = written.strip()
    if unit in _TIMES and (total := _seconds(text)) is not None:
        return float(total * _TIMES[unit])
    match = _NUMBER.match(text)
    if not match:
        return None
    factors = {"": "1", unit: "1", **_FACTORS.get(unit, {})}
    factor = factors.get(match[2].strip())
    if factor is None:
        return None
    value = float(Decimal(match[1]) * Decimal(factor))
    return value if math.isfinite(value) else None


def _seconds(text: str) -> Decimal | None:
    parts = _PART.findall(text)
    if not parts or _PART.sub("", text).strip():
        return None
    return sum((Decimal(number) * Decimal(_SECONDS[unit]) for number, unit in parts), Decimal(0))


def _all(packs: Iterable[Pack]) -> Iterable[Threshold]:
    return (limit for pack in packs for limit in pack.thresholds)


def _report_unknown(name: str, known: Mapping[str, Threshold], scope: Scope) -> None:
    path: Path = ("thresholds", name)
    for title, pack in scope.registry.packs.items():
        if any(limit.name == name for limit in pack.thresholds):
            message = f"the threshold {name!r} belongs to the pack {title!r}, which is not in use"
            hint = f"add packs: [{title}] to a module, or remove the threshold"
            scope.at_key("plan-reference", path, message, hint=hint)
            return
    scope.reference(path, f"threshold {name!r}", known, key=True)


def _hint(limit: Threshold) -> str:
    return f"{limit.help} Its default is {humanise(limit.default, limit.unit)}."


def _range(limit: Threshold) -> str:
    low, high = humanise(limit.minimum, limit.unit), humanise(limit.maximum, limit.unit)
    return f"it can be {low} to {high}" if math.isfinite(limit.maximum) else f"at least {low}"
