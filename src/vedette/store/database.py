"""The one file that Vedette keeps its own state in: opened, brought up to date, and shared."""

import contextlib
import os
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

from vedette.errors import UsageError
from vedette.store.migrations import MIGRATIONS

NAME = "vedette.db"
_BUSY_SECONDS = 5.0


class Database:
    """A SQLite file that several threads may use.

    What is committed survives the sudden death of the process and of the machine's power.

    Args:
        path: The file; it is created, readable by its owner only.

    Raises:
        UsageError: it cannot be opened, or a newer Vedette wrote it.
    """

    def __init__(self, path: Path) -> None:
        self._lock = threading.RLock()
        try:
            os.close(os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600))
            self._connection = _connect(path)
            _migrate(self._connection, path)
        except (OSError, sqlite3.Error) as error:
            problem = f"the database {path} cannot be used: {error}"
            hint = "mend its folder, or move the file away; what it counted then begins at 0"
            raise UsageError(problem, hint=hint) from None

    @contextlib.contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Give the connection; all that is done with it happens, or nothing of it."""
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
            except BaseException:
                self._connection.rollback()
                raise
            self._connection.commit()

    def rows(self, question: str, *values: object) -> list[sqlite3.Row]:
        """Return what a SELECT finds."""
        with self._lock:
            return self._connection.execute(question, values).fetchall()

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(
        path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    return connection


def _migrate(connection: sqlite3.Connection, path: Path) -> None:
    done = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if done > len(MIGRATIONS):
        problem = f"the database {path} was written by a newer Vedette"
        raise UsageError(problem, hint="run that version, or use another folder with --state")
    for number, step in enumerate(MIGRATIONS[done:], done + 1):
        # The step and its number are one transaction: a death between them repeats it.
        connection.executescript(f"BEGIN IMMEDIATE; {step}; PRAGMA user_version={number}; COMMIT;")
