"""What can be told of a process and its machine, whoever tells it."""

import importlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

_PROC = Path("/proc/self/stat")


@dataclass(frozen=True, kw_only=True)
class Child:
    """A process that this one started, or one of its own.

    Args:
        pid: Its number.
        words: Its command line.
        cpu_seconds: Processor time that it used.
        memory: Resident bytes.
    """

    pid: int
    words: tuple[str, ...]
    cpu_seconds: float
    memory: int


@dataclass(frozen=True, kw_only=True)
class Mount:
    """A filesystem of the machine.

    Args:
        device: What it is on.
        place: Where it is.
        kind: Its type.
        options: How it is mounted, `rw` or `ro` first.
    """

    device: str
    place: str
    kind: str
    options: str


class Source(Protocol):
    """Tells each thing by a method of its own; one that it cannot tell raises what it likes."""

    def threads(self) -> int:
        """Return the threads of this process."""
        ...

    def open_files(self) -> int:
        """Return how many files this process has open."""
        ...

    def disk(self) -> tuple[int, int]:
        """Return the bytes that this process read and wrote."""
        ...

    def children(self) -> Iterator[Child]:
        """Yield the processes below this one."""
        ...

    def processor(self) -> tuple[float, float]:
        """Return the busy and all seconds of the machine's processors since it started."""
        ...

    def memory(self) -> tuple[int, int]:
        """Return the machine's memory, and how much of it programs can still get, in bytes."""
        ...

    def disks(self) -> Mapping[str, tuple[int, int]]:
        """Return the bytes read and written by disk."""
        ...

    def networks(self) -> Mapping[str, tuple[int, int]]:
        """Return the bytes received and sent by interface."""
        ...

    def mounts(self) -> Iterator[Mount]:
        """Yield the filesystems that are on a device."""
        ...


def source() -> Source | None:
    """Return psutil where it is installed, else what Linux tells; None where nothing can."""
    from vedette.packs.process import _proc, _psutil

    try:
        # Not a dependency of a bare install.
        return _psutil.Psutil(importlib.import_module("psutil"))
    except ImportError:
        return _proc.Proc() if _PROC.exists() else None
