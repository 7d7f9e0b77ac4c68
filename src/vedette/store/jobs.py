"""What the runs of jobs handed over, added up.

Each run says what its values are since it began, and may say so again; what is added is the
difference to what it said before. So a handover that arrives twice, or late, counts once.
"""

import json
import math
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from vedette.errors import InUseError
from vedette.model.job import LAST_END, LAST_FAILED, LAST_SECONDS, RUNS, SECONDS
from vedette.model.metric import Metric
from vedette.store.database import Database
from vedette.store.message import ENDED, Handover, Sample

MOST_SERIES = 100_000
# A running job says so every few seconds; one that is silent for long was killed.
SILENT_SECONDS = 900.0
# By then nobody hands the same run over again.
_REMEMBERED_SECONDS = 400 * 86_400.0
# A job that has not run for so long is gone, and its values with it.
_FORGOTTEN_SECONDS = 90 * 86_400.0
_KEY = "job = ? AND labels = ? AND sample = ? AND own = ?"
Key = tuple[str, str, str, str]
_NOTHING: Mapping[str, float] = MappingProxyType({})


def take(database: Database, handover: Handover, *, now: float) -> bool:
    """Add what a run says to what is known of its job.

    Args:
        database: Where.
        handover: What it says.
        now: Unix seconds.

    Returns:
        False where it was known already.

    Raises:
        InUseError: there are too many series.
    """
    with database.transaction() as connection:
        before = connection.execute(
            "SELECT status, number, samples FROM runs WHERE id = ?", (handover.id,)
        ).fetchone()
        if before and (before["status"] in ENDED or before["number"] >= handover.number):
            return False
        known: dict[str, float] = json.loads(before["samples"]) if before else {}
        said = _add(connection, handover, handover.samples, known=known)
        ended = handover.status in ENDED
        if ended:
            end = _end(status=handover.status, seconds=handover.seconds, at=handover.sent)
            _add(connection, handover, end)
        connection.execute(
            "INSERT OR REPLACE INTO runs VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                handover.id,
                handover.job,
                _written(handover.labels),
                handover.status,
                handover.number,
                now,
                "{}" if ended else json.dumps(said),
            ),
        )
        _refuse_flood(connection)
    return True


def tidy(database: Database, *, now: float) -> int:
    """Count runs that fell silent as failed, and forget what is long past.

    Args:
        database: Where.
        now: Unix seconds.

    Returns:
        How many runs fell silent.
    """
    with database.transaction() as connection:
        silent = connection.execute(
            "SELECT id, job, labels, received FROM runs WHERE status = 'running' AND received < ?",
            (now - SILENT_SECONDS,),
        ).fetchall()
        for row in silent:
            labels = json.loads(row["labels"])
            run = Handover(
                id=row["id"],
                number=0,
                job=row["job"],
                labels=labels,
                status="failed",
                seconds=0.0,
                sent=row["received"],
                samples=(),
            )
            _add(connection, run, _end(status="failed", seconds=None, at=row["received"]))
            # It may yet speak again: a laptop that slept. Then its values go on where they were.
            connection.execute("UPDATE runs SET status = 'silent' WHERE id = ?", (row["id"],))
        connection.execute("DELETE FROM runs WHERE received < ?", (now - _REMEMBERED_SECONDS,))
        connection.execute(
            "DELETE FROM series WHERE (job, labels) IN (SELECT job, labels FROM series"
            " GROUP BY job, labels HAVING max(sent) < ?)",
            (now - _FORGOTTEN_SECONDS,),
        )
    return len(silent)


def _add(
    connection: sqlite3.Connection,
    handover: Handover,
    samples: Sequence[Sample],
    *,
    known: Mapping[str, float] = _NOTHING,
) -> dict[str, float]:
    """Add samples to their series; return what was said of those that add up."""
    _drop_other_buckets(connection, handover, samples)
    said: dict[str, float] = {}
    for sample in samples:
        own = _written(sample.labels)
        mark = f"{sample.name}{own}"
        value = sample.value
        if sample.adds:
            if not math.isfinite(value):
                continue  # it would spoil the sum of all runs for ever
            said[mark] = value
            value = max(0.0, value - known.get(mark, 0.0))
        key = (handover.job, _written(handover.labels), sample.name, own)
        _upsert(connection, key, sample, value=value, sent=handover.sent)
    return said


def _upsert(
    connection: sqlite3.Connection, key: Key, sample: Sample, *, value: float, sent: float
) -> None:
    row = connection.execute(
        f"SELECT kind, value, sent FROM series WHERE {_KEY}",  # noqa: S608 - ours
        key,
    ).fetchone()
    if row is not None and row["kind"] == sample.kind:
        if sample.adds:
            value += row["value"]
        elif row["sent"] > sent:
            return  # an older run's last word came late
        sent = max(sent, row["sent"])
    connection.execute(
        "INSERT INTO series (job, labels, sample, own, family, kind, help, adds, value, sent)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (job, labels, sample, own) DO UPDATE SET"
        " family = excluded.family, kind = excluded.kind, help = excluded.help,"
        " adds = excluded.adds, value = excluded.value, sent = excluded.sent",
        (*key, sample.family, sample.kind, sample.help, sample.adds, value, sent),
    )


def _drop_other_buckets(
    connection: sqlite3.Connection, handover: Handover, samples: Sequence[Sample]
) -> None:
    """Begin a histogram anew where its buckets have changed: they cannot be added up."""
    wanted: dict[str, set[str]] = {}
    for sample in samples:
        if sample.kind == "histogram" and "le" in sample.labels:
            wanted.setdefault(sample.family, set()).add(sample.labels["le"])
    place = (handover.job, _written(handover.labels))
    for family, bounds in wanted.items():
        rows = connection.execute(
            "SELECT DISTINCT own FROM series"
            " WHERE job = ? AND labels = ? AND family = ? AND sample = ?",
            (*place, family, f"{family}_bucket"),
        ).fetchall()
        stored = {json.loads(row["own"]).get("le", "") for row in rows}
        if stored and stored != bounds:
            connection.execute(
                "DELETE FROM series WHERE job = ? AND labels = ? AND family = ?", (*place, family)
            )


def _refuse_flood(connection: sqlite3.Connection) -> None:
    count = int(connection.execute("SELECT count(*) FROM series").fetchone()[0])
    if count > MOST_SERIES:
        problem = f"jobs have handed over more than {MOST_SERIES} series"
        raise InUseError(problem, hint="give all runs of a job one name; few labels")


def _end(*, status: str, seconds: float | None, at: float) -> tuple[Sample, ...]:
    """Return what the end of a run says of its job."""
    failed = float(status == "failed")
    return (
        # Both, so that a first failure is seen as a rise from 0.
        *(_own(RUNS, float(status == known), status=known) for known in RUNS.values["status"]),
        *(() if seconds is None else (*_observed(seconds), _own(LAST_SECONDS, seconds))),
        _own(LAST_END, at),
        _own(LAST_FAILED, failed),
    )


def _observed(seconds: float) -> Iterator[Sample]:
    for bound in SECONDS.buckets:
        yield _own(SECONDS, float(seconds <= bound), SECONDS.bucket, le=str(bound))
    yield _own(SECONDS, 1.0, SECONDS.bucket, le="+Inf")
    yield _own(SECONDS, 1.0, SECONDS.count)
    yield _own(SECONDS, seconds, SECONDS.sum)


def _own(metric: Metric, value: float, name: str = "", **labels: str) -> Sample:
    return Sample(
        family=metric.name,
        kind=metric.kind,
        help=metric.help,
        name=name or metric.name,
        labels=labels,
        value=value,
    )


def _written(labels: Mapping[str, str]) -> str:
    return json.dumps(labels, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
