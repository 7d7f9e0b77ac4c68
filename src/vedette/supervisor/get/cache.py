"""Vedette's cache: <cache>/programs/<name>/<version>-<source>/ with a manifest."""

import contextlib
import fcntl
import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from vedette.model.program import Installed
from vedette.model.version import Version

MANIFEST = "manifest.json"


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """What lies in one folder of the cache, and how to see that it still does.

    Args:
        program: The command.
        version: What it said when it came.
        source: How it was got.
        origin: The address or the package it came from.
        binary: Path of the command below the folder.
        rooted: True where it must start from the folder.
        sha256: Sum per file that matters, by path below the folder.
    """

    program: str
    version: str
    source: str
    origin: str
    binary: str
    rooted: bool
    sha256: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One folder of the cache; without a manifest where that cannot be read."""

    folder: Path
    manifest: Manifest | None

    def fault(self) -> str:
        """Say what is wrong with it, or return the empty string."""
        if self.manifest is None:
            return f"{self.folder / MANIFEST} is missing or damaged"
        for name, expected in self.manifest.sha256.items():
            file = self.folder / name
            if not file.is_file():
                return f"{file} is gone"
            if sha256(file) != expected:
                return f"{file} is not what was stored (its SHA-256 differs)"
        return ""

    def installed(self) -> Installed | None:
        """Describe the program in it, or None where its manifest is damaged."""
        version = Version.find(self.manifest.version) if self.manifest else None
        if self.manifest is None or version is None:
            return None
        return Installed(
            name=self.manifest.program,
            path=self.folder / self.manifest.binary,
            version=version,
            source="cache",
            root=self.folder if self.manifest.rooted else None,
            detail=self.manifest.origin,
        )


def sha256(file: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def home(store: Path, program: str) -> Path:
    """Return the folder that holds every version of a program."""
    return store / "programs" / program


def entries(store: Path, program: str) -> list[Entry]:
    """Return what the cache holds of a program, newest version first."""
    folders = [path for path in home(store, program).glob("[!.]*") if path.is_dir()]
    found = [Entry(folder=path, manifest=_read(path / MANIFEST)) for path in folders]
    return sorted(found, key=_age, reverse=True)


def known(store: Path) -> list[str]:
    """Return the names of the programs that the cache holds."""
    return sorted(path.name for path in (store / "programs").glob("[!.]*") if path.is_dir())


def write(folder: Path, manifest: Manifest) -> None:
    """Store the manifest: from now on the folder counts."""
    waiting = folder / f".{MANIFEST}"
    waiting.write_text(json.dumps(asdict(manifest), indent=2) + "\n", encoding="utf-8")
    waiting.replace(folder / MANIFEST)


@contextlib.contextmanager
def lock(store: Path, name: str) -> Iterator[None]:
    """Let one process at a time get `name`; the others wait for it."""
    folder = store / "locks"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / name).open("w") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        yield


@contextlib.contextmanager
def downloads(cache: Path) -> Iterator[Callable[[], bool]]:
    """Share the downloaded archives with other processes.

    Gives a function that says whether nobody else uses them, so that they may be removed.
    """
    folder = cache / "locks"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "downloads").open("w") as stream:
        fcntl.flock(stream, fcntl.LOCK_SH)

        def alone() -> bool:
            try:
                fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
            return True

        yield alone


@contextlib.contextmanager
def scratch(store: Path, program: str) -> Iterator[Path]:
    """Give an empty folder beside the versions of a program; it is gone afterwards."""
    beside = home(store, program)
    beside.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=".new-", dir=beside))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def adopt(folder: Path, name: str) -> Path:
    """Turn a finished scratch folder into the entry `name`, in one step.

    A folder of that name is replaced: it was found damaged, or nobody would have built anew.
    """
    target = folder.parent / name
    if target.exists():
        old = Path(tempfile.mkdtemp(prefix=".old-", dir=folder.parent))
        target.rename(old / name)
        shutil.rmtree(old, ignore_errors=True)
    folder.rename(target)
    return target


def _age(entry: Entry) -> Version:
    text = entry.manifest.version if entry.manifest else ""
    return Version.find(text) or Version(0, 0)


def _read(file: Path) -> Manifest | None:
    try:
        return Manifest(**json.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
