"""How the database came to be as it is: one step after the other, none ever changed."""

from typing import Final

# The number of steps that were taken stands in the file itself, as SQLite's user_version.
MIGRATIONS: Final = (
    """
    CREATE TABLE runs (
        id TEXT PRIMARY KEY,
        job TEXT NOT NULL,
        labels TEXT NOT NULL,
        status TEXT NOT NULL,
        number INTEGER NOT NULL,
        received REAL NOT NULL,
        samples TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE INDEX runs_by_status ON runs (status, received);
    CREATE TABLE series (
        job TEXT NOT NULL,
        labels TEXT NOT NULL,
        sample TEXT NOT NULL,
        own TEXT NOT NULL,
        family TEXT NOT NULL,
        kind TEXT NOT NULL,
        help TEXT NOT NULL,
        adds INTEGER NOT NULL,
        value REAL,
        sent REAL NOT NULL,
        shown INTEGER NOT NULL DEFAULT 0,
        PRIMARY KEY (job, labels, sample, own)
    ) WITHOUT ROWID;
    CREATE TABLE marks (
        id TEXT PRIMARY KEY,
        kind TEXT NOT NULL,
        text TEXT NOT NULL,
        at REAL NOT NULL,
        module TEXT NOT NULL,
        model TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE INDEX marks_by_time ON marks (at);
    """,
)
