"""What jobs and marks handed over: the store behind it, and the token that lets them in."""

import json
import secrets
import time
from pathlib import Path
from typing import Any

from vedette.errors import UsageError
from vedette.model.mark import Mark
from vedette.sdk.handover_place import ADDRESS
from vedette.store import exposed, jobs, marks, message
from vedette.store.database import NAME, Database
from vedette.supervisor.files import write

_TOKEN_BYTES = 24


class Handed:
    """The store of one stack; what it needs of a disk is done by whoever calls it.

    Args:
        state: The stack's state folder.

    Raises:
        UsageError: the store cannot be opened.
    """

    def __init__(self, state: Path) -> None:
        self.state = state
        self.token = _known_token(state) or secrets.token_urlsafe(_TOKEN_BYTES)
        self._database = Database(state / NAME)

    def announce(self, url: str, certificate: str) -> None:
        """Write down where jobs find the console, readable by their owner only.

        Args:
            url: Its base address.
            certificate: PEM file that vouches for it; empty for none.

        Raises:
            VedetteError: the file cannot be written.
        """
        said = {"url": url, "token": self.token, "certificate": certificate}
        write(self.state / ADDRESS, json.dumps(said) + "\n")

    def take(self, text: bytes) -> bool:
        """Take one message; return False where it was known.

        Raises:
            UsageError: it cannot be read.
            InUseError: there is no room for it.
        """
        told = message.read(text)
        if isinstance(told, Mark):
            return marks.add(self._database, told)
        return jobs.take(self._database, told, now=time.time())

    def tidy(self) -> int:
        """Count silent runs as failed and forget old ones; return how many fell silent."""
        return jobs.tidy(self._database, now=time.time())

    def expose(self, *, scraped: bool) -> exposed.Exposed:
        """Return what Prometheus reads; where it is only looked at, new series are no zeros."""
        return exposed.expose(self._database, now=time.time(), scraped=scraped)

    def shown(self, fresh: tuple[exposed.Key, ...]) -> None:
        """Note that these series were scraped as 0."""
        exposed.shown(self._database, fresh)

    def marks(self, start: float, end: float) -> tuple[Mark, ...]:
        """Return the marks between two moments, Unix seconds."""
        return marks.between(self._database, start, end)

    def close(self) -> None:
        """Close the store."""
        self._database.close()


def opened(state: Path | None) -> tuple[Handed | None, str]:
    """Return the store of a state folder, or None and why there is none."""
    if state is None or not state.is_dir():
        return None, "this console belongs to no stack"
    try:
        return Handed(state), ""
    except UsageError as error:
        return None, error.problem


def _known_token(state: Path) -> str:
    try:
        value: Any = json.loads((state / ADDRESS).read_text(encoding="utf-8"))
        return str(value["token"])
    except (OSError, ValueError, TypeError, KeyError):
        return ""
