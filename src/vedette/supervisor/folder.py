"""The state folder: its layout, the checks it must pass, and the lock that one stack holds."""

import contextlib
import fcntl
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vedette.errors import InUseError, UsageError
from vedette.supervisor.clock import Clock
from vedette.supervisor.files import make_folder, refusal, write

LAYOUT = "1"


@dataclass(frozen=True, kw_only=True)
class Holder:
    """Who runs a stack in a folder, as the lock file says.

    Args:
        pid: The process.
        started: When it took the lock, ISO 8601.
        home: The folder of its plan file.
    """

    pid: int
    started: str
    home: str


@dataclass(frozen=True)
class StateFolder:
    """One stack's data, configuration, logs and lock."""

    path: Path

    @property
    def config(self) -> Path:
        """The rendered files, one folder per component."""
        return self.path / "config"

    @property
    def data(self) -> Path:
        """What the programs keep, one folder per component."""
        return self.path / "data"

    @property
    def logs(self) -> Path:
        """What the programs print, one file per program."""
        return self.path / "logs"

    @property
    def run(self) -> Path:
        """What matters only while the stack runs."""
        return self.path / "run"

    @property
    def record(self) -> Path:
        """Who supervises, where to reach it and what it started."""
        return self.run / "supervisor.json"

    @property
    def events(self) -> Path:
        """What happened to the programs, one JSON object per line."""
        return self.path / "events.jsonl"

    def log(self, program: str) -> Path:
        """Return the log of one program."""
        return self.logs / f"{program}.log"

    def prepare(self) -> None:
        """Create what is missing, and refuse a folder that cannot serve.

        Raises:
            UsageError: it is no folder, may not be written, or has another layout.
            InUseError: its disk is full.
        """
        if self.path.exists() and not self.path.is_dir():
            problem = f"the state folder {self.path} is not a folder"
            raise UsageError(problem, hint="move that file away, or use another with --state")
        make_folder(self.path)
        self._check_version()
        for folder in (self.data, self.logs, self.run):
            make_folder(folder)
        write(self.path / "version", LAYOUT + "\n")

    def _check_version(self) -> None:
        file = self.path / "version"
        try:
            found = file.read_text(encoding="utf-8", errors="replace").strip()
        except FileNotFoundError:
            return
        except OSError as error:
            refused = refusal("read", file, error)
            raise refused from error
        if found != LAYOUT:
            shown = found[:20]
            problem = (
                f"the state folder {self.path} has layout {shown!r}; this version has {LAYOUT!r}"
            )
            hint = "run the version of Vedette that made it, or use another folder with --state"
            raise UsageError(problem, hint=hint)

    def acquire(self, home: Path, clock: Clock) -> int:
        """Take the lock.

        The lock lives as long as any process holds the descriptor; the kernel frees it
        whatever way they end, so it cannot be stale.

        Returns:
            The open descriptor, to be passed on to the supervisor.

        Raises:
            InUseError: another process holds it; the message says which, since when and
                for which plan.
        """
        file = self.run / "lock"
        try:
            descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            refused = refusal("open", file, error)
            raise refused from error
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(descriptor)
            raise self._in_use() from None
        self.sign(descriptor, Holder(pid=os.getpid(), started=clock.stamp(), home=str(home)))
        return descriptor

    def sign(self, descriptor: int, holder: Holder) -> None:
        """Write into the held lock file who holds it."""
        line = json.dumps(holder.__dict__) + "\n"
        try:
            os.ftruncate(descriptor, 0)
            os.pwrite(descriptor, line.encode(), 0)
        except OSError as error:
            refused = refusal("write", self.run / "lock", error)
            raise refused from error

    def holder(self) -> Holder | None:
        """Return who holds the lock, or None where nobody does."""
        try:
            descriptor = os.open(self.run / "lock", os.O_RDONLY | os.O_CLOEXEC)
        except OSError:
            return None
        try:
            fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError:
            return _read_holder(os.pread(descriptor, 4096, 0))
        finally:
            os.close(descriptor)
        return None

    def _in_use(self) -> InUseError:
        holder = self.holder() or Holder(pid=0, started="", home="")
        who = f"process {holder.pid}" if holder.pid else "another process"
        since = f" since {holder.started}" if holder.started else ""
        problem = f"a stack already runs in {self.path}: {who}{since}, for {holder.home or '?'}"
        hint = "`vedette status` shows it, `vedette down` stops it, --state FOLDER runs another"
        return InUseError(problem, hint=hint)

    def read_record(self) -> dict[str, Any]:
        """Return what the last supervisor recorded; empty where there is nothing readable."""
        with contextlib.suppress(OSError, ValueError):
            value = json.loads(self.record.read_text(encoding="utf-8"))
            if isinstance(value, dict):
                return value
        return {}


def _read_holder(line: bytes) -> Holder:
    with contextlib.suppress(ValueError, TypeError, KeyError):
        value = json.loads(line)
        return Holder(pid=int(value["pid"]), started=str(value["started"]), home=str(value["home"]))
    return Holder(pid=0, started="", home="")
