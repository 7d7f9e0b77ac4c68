"""A record of verdicts that shows when somebody changed it: each entry seals the one before.

It is a module of its own, in the process of another: it counts under the name `prompt_audit`,
and its metrics are at /audit/metrics.
"""

import hashlib
import json
import threading
from collections import deque
from dataclasses import dataclass

from vedette import Module

KEPT = 2000


@dataclass(frozen=True)
class Entry:
    """One verdict.

    Args:
        number: From 1.
        digest: Of the text; the text itself is not kept.
        passed: The verdict.
        types: Why it was refused.
        seal: Over all of this and the seal before.
    """

    number: int
    digest: str
    passed: bool
    types: tuple[str, ...]
    seal: str


class Audit:
    """The last verdicts.

    Args:
        module: Where its own work is recorded.
    """

    def __init__(self, module: Module) -> None:
        self._module = module
        self._entries: deque[Entry] = deque(maxlen=KEPT)
        self._before = ""  # the seal of the entry that was let go last
        self._lock = threading.Lock()

    def append(self, text: str, *, passed: bool, types: tuple[str, ...]) -> Entry:
        """Keep a verdict.

        Args:
            text: What was judged.
            passed: The verdict.
            types: Why it was refused.
        """
        with self._module.operation("append"), self._lock:
            last = self._entries[-1] if self._entries else None
            number = last.number + 1 if last else 1
            digest = hashlib.sha256(text.encode(errors="replace")).hexdigest()
            seal = _seal(last.seal if last else "", number, digest, passed, types)
            if len(self._entries) == KEPT:
                self._before = self._entries[0].seal
            entry = Entry(number, digest, passed, types, seal)
            self._entries.append(entry)
        return entry

    def intact(self) -> bool:
        """Whether nobody changed what is kept."""
        with self._module.operation("verify") as work, self._lock:
            seal = self._before
            for entry in self._entries:
                seal = _seal(seal, entry.number, entry.digest, entry.passed, entry.types)
                if seal != entry.seal:
                    work.failed("broken_seal")
                    return False
        return True

    def last(self, count: int) -> list[Entry]:
        """Return the last entries, the newest first."""
        with self._lock:
            return list(self._entries)[: -count - 1 : -1]


def _seal(before: str, *entry: object) -> str:
    return hashlib.sha256(json.dumps([before, *entry]).encode()).hexdigest()
