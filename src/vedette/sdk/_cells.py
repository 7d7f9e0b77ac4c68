"""Where a series of one process keeps its number: the value classes of the storage."""

import sys
from threading import RLock
from typing import Any


class Cell:
    """One number, changed without a lock.

    `self.value += amount` loses nothing between the threads of CPython 3.11 and later with
    its global lock: no other thread runs between its load and its store, for there is neither
    a call nor a jump back between them. Nothing waits, so that neither a signal handler nor a
    `__del__` nor a child after a fork can wait for ever.

    It takes the place of prometheus_client's own class, and has its methods.
    """

    __slots__ = ("_exemplar", "value")

    def __init__(self) -> None:
        self.value = 0.0
        self._exemplar: Any = None

    def inc(self, amount: float) -> None:
        """Add."""
        self.value += amount

    def set(self, value: float, timestamp: float | None = None) -> None:
        """Replace; when is of interest only where several processes share the number."""
        del timestamp
        self.value = value

    def get(self) -> float:
        """Return it."""
        return self.value

    def set_exemplar(self, exemplar: Any) -> None:
        """Keep an example."""
        self._exemplar = exemplar

    def get_exemplar(self) -> Any:
        """Return the last example, or None."""
        return self._exemplar


class LockedCell(Cell):
    """The same for an interpreter whose threads really run at once."""

    __slots__ = ("_lock",)

    def __init__(self) -> None:
        super().__init__()
        self._lock = RLock()

    def inc(self, amount: float) -> None:
        """Add."""
        with self._lock:
            self.value += amount


def cell_class() -> type[Cell]:
    """Return the class for this interpreter."""
    return Cell if getattr(sys, "_is_gil_enabled", lambda: True)() else LockedCell
