"""The dashboards and runbooks in their folders, read again when they change."""

import json
from dataclasses import dataclass
from pathlib import Path

from vedette.console.instruments import Instruments
from vedette.dashboards.dashboard import Dashboard
from vedette.dashboards.errors import DashboardError
from vedette.dashboards.load import load

_LARGEST = 10_000_000
_MOST = 500
Stamp = tuple[int, int]


@dataclass(frozen=True)
class Shelf:
    """What the folder holds at this moment.

    Args:
        dashboards: Those that can be read, by uid.
        errors: Why the others cannot.
    """

    dashboards: dict[str, Dashboard]
    errors: tuple[DashboardError, ...]


class Library:
    """A folder of dashboard JSON and a file of runbooks.

    Args:
        folder: None for no dashboards.
        runbooks: None for no runbooks.
        instruments: Say how many files can be read.
    """

    def __init__(
        self, folder: Path | None, runbooks: Path | None, instruments: Instruments
    ) -> None:
        self._folder, self._runbook_file = folder, runbooks
        self._instruments = instruments
        self._read: dict[Path, tuple[Stamp, Dashboard | DashboardError]] = {}
        self._runbooks: tuple[Stamp, dict[str, str]] = ((0, 0), {})

    def shelf(self) -> Shelf:
        """Return the dashboards as they are now; only changed files are read."""
        paths = self._paths()
        self._read = {path: entry for path, entry in self._read.items() if path in paths}
        entries = [(self._name(path), self._entry(path)) for path in paths]
        dashboards: dict[str, Dashboard] = {}
        errors: list[DashboardError] = []
        owners: dict[str, str] = {}
        for name, entry in entries:
            if isinstance(entry, DashboardError):
                errors.append(entry)
            elif entry.uid in dashboards:
                problem = f"its uid {entry.uid!r} is that of {owners[entry.uid]}"
                errors.append(DashboardError(problem, hint="give it another uid", file=name))
            else:
                dashboards[entry.uid], owners[entry.uid] = entry, name
        self._instruments.dashboards(read=len(dashboards), broken=len(errors))
        return Shelf(dashboards, tuple(errors))

    def runbooks(self) -> dict[str, str]:
        """Return Markdown by alert name; empty where there is no readable file."""
        if self._runbook_file is None:
            return {}
        try:
            stamp = _stamp(self._runbook_file)
            if stamp != self._runbooks[0]:
                found = json.loads(self._runbook_file.read_text(encoding="utf-8"))
                texts = {str(name): str(text) for name, text in dict(found).items()}
                self._runbooks = (stamp, texts)
        except (OSError, ValueError, TypeError):
            # Half-written while the plan is reloaded: what was read last is still true.
            return self._runbooks[1]
        return self._runbooks[1]

    def _paths(self) -> list[Path]:
        try:
            return sorted(self._folder.rglob("*.json"))[:_MOST] if self._folder else []
        except OSError:
            return []

    def _name(self, path: Path) -> str:
        return path.relative_to(self._folder).as_posix() if self._folder else path.name

    def _entry(self, path: Path) -> Dashboard | DashboardError:
        name = self._name(path)
        try:
            stamp = _stamp(path)
        except OSError as error:
            return _unreadable(name, error.strerror or "unreadable")
        if path not in self._read or self._read[path][0] != stamp:
            self._read[path] = (stamp, _load(path, name, stamp))
        return self._read[path][1]


def _stamp(path: Path) -> Stamp:
    status = path.stat()
    return status.st_mtime_ns, status.st_size


def _load(path: Path, name: str, stamp: Stamp) -> Dashboard | DashboardError:
    if stamp[1] > _LARGEST:
        return _unreadable(name, f"longer than {_LARGEST:,} bytes")
    try:
        return load(path.read_text(encoding="utf-8-sig"), name)
    except DashboardError as error:
        return error
    except (OSError, UnicodeDecodeError) as error:
        return _unreadable(name, str(error))


def _unreadable(name: str, why: str) -> DashboardError:
    return DashboardError(why, hint="is it a dashboard in JSON, in UTF-8?", file=name)
