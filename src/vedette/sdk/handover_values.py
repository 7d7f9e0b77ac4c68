"""The values of a monitor at one moment, and what came to them since another."""

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

Key = tuple[str, tuple[tuple[str, str], ...]]

# Of the interpreter, not of the job; under these names prometheus_client adds them itself.
_INTERPRETER = frozenset(
    {
        "process_virtual_memory_bytes",
        "process_resident_memory_bytes",
        "process_start_time_seconds",
        "process_cpu_seconds_total",
        "process_open_fds",
        "process_max_fds",
        "python_info",
        "python_gc_objects_collected_total",
        "python_gc_objects_uncollectable_total",
        "python_gc_collections_total",
    }
)
_LABEL = re.compile(r'(\w+)="((?:[^"\\]|\\.)*)",?')
_ESCAPE = re.compile(r"\\(.)")
_ADDING = {"histogram": ("_bucket", "_sum", "_count"), "summary": ("_sum", "_count")}


@dataclass(kw_only=True)
class Family:
    """One metric family and its samples."""

    kind: str = "untyped"
    help: str = ""
    samples: dict[Key, float] = field(default_factory=dict)


Values = dict[str, Family]


def read(text: str) -> Values:
    """Return what an exposition of our own says.

    Args:
        text: In Prometheus' text format 0.0.4.
    """
    found: Values = {}
    current = ""
    for line in text.split("\n"):
        if line.startswith("# "):
            word, name, rest = (*line[2:].split(" ", 2), "", "")[:3]
            current = name
            family = found.setdefault(name, Family())
            if word == "HELP":
                family.help = _plain(rest)
            elif word == "TYPE":
                family.kind = rest
        elif line:
            key, value = _sample(line)
            found.setdefault(current, Family()).samples[key] = value
    return {name: family for name, family in found.items() if name not in _INTERPRETER}


def since(now: Values, before: Values) -> list[dict[str, Any]]:
    """Return what came since another moment, as it is handed over.

    Counters and histograms: by how much they rose, and nothing of those that did not. Gauges:
    those that are new or have another value.
    """
    return [
        {"name": name, "kind": family.kind, "help": family.help, "samples": rows}
        for name, family in now.items()
        if (rows := list(_rows(name, family, before.get(name, Family()).samples)))
    ]


def _rows(name: str, family: Family, before: Mapping[Key, float]) -> Iterator[list[Any]]:
    risen = _risen(name, family, before)
    for key, value in family.samples.items():
        sample, labels = key
        if not _adds(name, family.kind, sample):
            if key not in before or not _same(before[key], value):
                yield [sample, dict(labels), _written(value)]
        elif _group(key) in risen:
            # What fell was reset: all of it is new.
            old = before.get(key, 0.0)
            yield [sample, dict(labels), _written(value - old if value >= old else value)]


def _risen(name: str, family: Family, before: Mapping[Key, float]) -> set[Key]:
    """Name the counters and whole histograms that are new or have moved."""
    return {
        _group(key)
        for key, value in family.samples.items()
        if _adds(name, family.kind, key[0]) and before.get(key) != value
    }


def _group(key: Key) -> Key:
    sample, labels = key
    stem = re.sub(r"_(bucket|sum|count)\Z", "", sample)
    return stem, tuple(pair for pair in labels if pair[0] != "le")


def _adds(name: str, kind: str, sample: str) -> bool:
    return kind == "counter" or sample.removeprefix(name) in _ADDING.get(kind, ())


def _same(one: float, other: float) -> bool:
    return one == other or (math.isnan(one) and math.isnan(other))


def _sample(line: str) -> tuple[Key, float]:
    if "{" not in line:
        name, value = line.split(" ")[:2]
        return (name, ()), float(value)
    name, _, rest = line.partition("{")
    inside, _, value = rest.rpartition("} ")
    labels = tuple((m[1], _plain(m[2])) for m in _LABEL.finditer(inside))
    return (name, labels), float(value.split(" ")[0])


def _plain(text: str) -> str:
    return _ESCAPE.sub(lambda m: "\n" if m[1] == "n" else m[1], text)


def _written(value: float) -> float | str:
    # JSON knows neither NaN nor infinity.
    return value if math.isfinite(value) else repr(value)
