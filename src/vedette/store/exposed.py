"""What Prometheus reads of jobs and marks.

A series that Prometheus has never seen is exposed as 0 for one scrape: `increase()` counts
only what rises before its eyes, and the first value of a job would else be lost to it.
"""

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from vedette.model.job import TAKEN
from vedette.model.mark import MARK, Mark
from vedette.store import marks
from vedette.store.database import Database

# Marks older than this, or beyond these, are no series any more; they stay in the database.
MARK_SECONDS = 30 * 86_400.0
MOST_MARKS = 200
_TYPES = frozenset({"counter", "gauge", "histogram", "summary"})
Key = tuple[str, str, str, str]


@dataclass(frozen=True, kw_only=True)
class Exposed:
    """One answer to a scrape.

    Args:
        text: In Prometheus' text format 0.0.4.
        fresh: The series that stand in it as 0 because they were never scraped.
    """

    text: str
    fresh: tuple[Key, ...]


def expose(database: Database, *, now: float, scraped: bool = True) -> Exposed:
    """Return every value of every job, and the newest marks.

    Args:
        database: Where.
        now: Unix seconds.
        scraped: False where a person only looks: then every value is what it is.
    """
    rows = database.rows("SELECT * FROM series ORDER BY family, kind, job, labels, sample, own")
    lines: list[str] = []
    fresh: list[Key] = []
    heading = ("", "")
    for row in rows:
        if (row["family"], row["kind"]) != heading:
            heading = (row["family"], row["kind"])
            lines += _heading(row["family"], row["kind"], row["help"])
        # SQLite has no NaN: it keeps NULL in its place.
        value = math.nan if row["value"] is None else row["value"]
        if scraped and row["adds"] and not row["shown"]:
            fresh.append((row["job"], row["labels"], row["sample"], row["own"]))
            value = 0.0
        lines.append(_line(row["sample"], _labels(row), value))
    newest = marks.between(database, now - MARK_SECONDS, now, most=MOST_MARKS)
    lines += _marked(newest)
    return Exposed(text="".join(f"{line}\n" for line in lines), fresh=tuple(fresh))


def shown(database: Database, keys: Iterable[Key]) -> None:
    """Note that these series were scraped as 0: from now on they are what they are."""
    with database.transaction() as connection:
        connection.executemany(
            "UPDATE series SET shown = 1 WHERE job = ? AND labels = ? AND sample = ? AND own = ?",
            keys,
        )


def _labels(row: Any) -> dict[str, str]:
    own: dict[str, str] = json.loads(row["own"])
    of_job: dict[str, str] = json.loads(row["labels"])
    # As Prometheus does it where a target's label meets one of its own.
    renamed = {f"exported_{n}" if n in TAKEN or n in of_job else n: own[n] for n in own}
    return {**renamed, **of_job, "job": row["job"], "module": row["job"], "instance": ""}


def _marked(found: tuple[Mark, ...]) -> list[str]:
    if not found:
        return []
    rows = (
        _line(MARK.name, {name: getattr(mark, name) for name in MARK.labels}, mark.at)
        for mark in found
    )
    return [*_heading(MARK.name, MARK.kind, MARK.help), *rows]


def _heading(name: str, kind: str, words: str) -> list[str]:
    told = words.replace("\\", r"\\").replace("\n", r"\n")
    typed = kind if kind in _TYPES else "untyped"
    return [f"# HELP {name} {told}", f"# TYPE {name} {typed}"]


def _line(name: str, labels: Mapping[str, str], value: float) -> str:
    inside = ",".join(f'{label}="{_escaped(text)}"' for label, text in sorted(labels.items()))
    return f"{name}{{{inside}}} {_value(value)}"


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")


def _value(value: float) -> str:
    if math.isinf(value):
        return "+Inf" if value > 0 else "-Inf"
    return "NaN" if math.isnan(value) else repr(value)
