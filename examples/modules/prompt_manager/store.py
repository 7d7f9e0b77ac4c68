"""Where prompts are kept: every version of each, for ever."""

import sqlite3
import threading
from dataclasses import dataclass

_SCHEMA = """
create table if not exists prompts (
    name text not null,
    version integer not null,
    text text not null,
    primary key (name, version)
)
"""


class UnknownPromptError(Exception):
    """There is no such prompt, or no such version of it."""


@dataclass(frozen=True)
class Prompt:
    """One version of a prompt.

    Args:
        name: The prompt's.
        version: From 1.
        text: With its gaps.
    """

    name: str
    version: int
    text: str


class Store:
    """Prompts in SQLite.

    Args:
        path: The file; `:memory:` for none.
    """

    def __init__(self, path: str) -> None:
        self._lock = threading.Lock()
        self._database = sqlite3.connect(path, check_same_thread=False)
        self._database.execute("pragma journal_mode = wal")
        self._database.execute(_SCHEMA)

    def save(self, name: str, text: str) -> Prompt:
        """Keep a new version of a prompt; the same text as the newest makes none."""
        with self._lock, self._database:
            newest = self._newest(name)
            if newest and newest.text == text:
                return newest
            saved = Prompt(name, newest.version + 1 if newest else 1, text)
            self._database.execute(
                "insert into prompts values (?, ?, ?)", (name, saved.version, text)
            )
        return saved

    def get(self, name: str, version: int | None = None) -> Prompt:
        """Return a version of a prompt; the newest unless one is named.

        Raises:
            UnknownPromptError: there is none.
        """
        with self._lock:
            found = self._newest(name) if version is None else self._one(name, version)
        if found is None:
            which = f" in version {version}" if version else ""
            problem = f"there is no prompt {name!r}{which}"
            raise UnknownPromptError(problem)
        return found

    def names(self) -> dict[str, int]:
        """Return the newest version of each prompt."""
        with self._lock:
            rows = self._database.execute("select name, max(version) from prompts group by name")
            return dict(rows.fetchall())

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    def _newest(self, name: str) -> Prompt | None:
        query = "select * from prompts where name = ? order by version desc limit 1"
        row = self._database.execute(query, (name,)).fetchone()
        return Prompt(*row) if row else None

    def _one(self, name: str, version: int) -> Prompt | None:
        query = "select * from prompts where name = ? and version = ?"
        row = self._database.execute(query, (name, version)).fetchone()
        return Prompt(*row) if row else None
