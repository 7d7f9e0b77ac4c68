"""Use apt with folders of our own: no root, no installation, the machine's own archives."""

import platform
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from vedette.errors import VedetteError
from vedette.process.run import Completed, run
from vedette.supervisor.get import cache
from vedette.supervisor.get.aptsources import Archive, archives
from vedette.supervisor.get.source import Session, UnavailableError

_SHORTEST_SECONDS = 10
_COMMAND_SECONDS = 600.0
# Newer suites of the same archive run on older machines more often than not: the programs need
# little more than the C library. Whether they do is tried, so a name too many does no harm.
_NEWER = {"debian": ("testing", "stable"), "ubuntu": ("devel",)}
_CODENAME = re.compile(r"^Codename: (\S+)$", re.MULTILINE)
_UNREACHABLE = re.compile(
    r"Could not (connect|resolve)|Unable to connect|Temporary failure|timed out"
)
_URI = re.compile(r"^'(?P<uri>[^']+)' (?P<file>\S+) (?P<size>\d+)", re.MULTILINE)


@dataclass(frozen=True, kw_only=True)
class Suite:
    """One suite of one archive, with lists of its own below `home`."""

    archive: Archive
    name: str
    home: Path
    connect_seconds: float

    def apt(
        self, *words: str, where: str = "debs", watch: Callable[[], None] | None = None
    ) -> Completed:
        """Run apt-get on this suite alone.

        Args:
            words: Command and arguments.
            where: The folder below `home` in which it works.
            watch: Called while it runs.

        Raises:
            UnavailableError: it did not succeed; the reason is apt's own first error.
        """
        try:
            done = run(
                ["apt-get", *self._options(), *words],
                timeout=_COMMAND_SECONDS,
                cwd=self.home / where,
                env={"LC_ALL": "C", "DEBIAN_FRONTEND": "noninteractive"},
                watch=watch,
            )
        except VedetteError as error:
            raise UnavailableError(reason=error.problem) from None
        if done.returncode != 0:
            raise UnavailableError(
                reason=f"{self.archive.uri} {self.name}: {_complaint(done.stderr)}"
            )
        return done

    def codename(self) -> str:
        """Return the name that the suite has now, `forky` for `testing`."""
        for file in (self.home / "lists").glob("*Release"):
            if found := _CODENAME.search(file.read_text(encoding="utf-8", errors="replace")):
                return found[1]
        return self.name

    def _options(self) -> tuple[str, ...]:
        home, seconds = self.home, max(_SHORTEST_SECONDS, round(self.connect_seconds))
        options = {
            "Dir::State": home / "state",
            "Dir::State::Lists": home / "lists",
            "Dir::State::status": home / "status",
            "Dir::Cache": home / "cache",
            # Kept while programs are got: without it each command reads all lists anew.
            "Dir::Cache::pkgcache": "pkgcache.bin",
            "Dir::Cache::srcpkgcache": "",
            "Dir::Etc::SourceList": home / "suite.sources",
            "Dir::Etc::SourceParts": "/dev/null",
            "Dir::Etc::Preferences": "/dev/null",
            "Dir::Etc::PreferencesParts": "/dev/null",
            "Acquire::Languages": "none",
            "Acquire::Retries": 1,
            "Acquire::http::Timeout": seconds,
            "Acquire::https::Timeout": seconds,
            "APT::Update::Error-Mode": "any",
            # apt as root would hand our folders to a user who may not enter them.
            "APT::Sandbox::User": "root",
            "Debug::NoLocking": "1",
        }
        return tuple(word for key, value in options.items() for word in ("-o", f"{key}={value}"))


def suites(session: Session) -> Iterator[Suite]:
    """Yield the suites to look into, newest first.

    Raises:
        UnavailableError: this machine has no apt, or no archive of its distribution.
    """
    if shutil.which("apt-get") is None:
        raise UnavailableError(reason="this machine has no apt")
    release = _release()
    codenames = frozenset(
        release[key] for key in ("VERSION_CODENAME", "UBUNTU_CODENAME") if release.get(key)
    ) | {"testing", "unstable", "sid"}
    own = archives(_source_files(), codenames)
    if not own:
        raise UnavailableError(reason="apt is configured with no archive of this machine's release")
    for archive in own:
        for name in _names(archive, codenames, release=release, asked=session.sources.suite):
            yield _suite(archive, name, session)


def update(suite: Suite, session: Session, program: str) -> None:
    """Fetch the suite's package lists, once in a session; apt checks their signature.

    Raises:
        UnavailableError: they cannot be got or are not signed by a key of this machine.
    """
    key = str(suite.home)
    if suite.archive.uri in session.unreachable:
        raise UnavailableError(reason=session.unreachable[suite.archive.uri])
    if key not in session.updated:
        text = f"reading the package list of {suite.archive.uri} {suite.name}"
        session.say(program, text)
        try:
            suite.apt("update", watch=lambda: session.say(program, text))
            session.updated[key] = ""
        except UnavailableError as error:
            session.updated[key] = error.reason
            if _UNREACHABLE.search(error.reason):  # the other suites are no nearer
                session.unreachable[suite.archive.uri] = error.reason
    if session.updated[key]:
        raise UnavailableError(reason=session.updated[key])


def download(suite: Suite, package: str, session: Session, *, program: str) -> Path:
    """Return a package of the suite as a file; apt checks it against the signed lists.

    Raises:
        UnavailableError: the suite has no such package, or it cannot be got.
    """
    # Asked where the file is not yet: apt says nothing of what it needs not fetch.
    listed = suite.apt("download", "--print-uris", package, where="state")
    offered = _URI.search(listed.stdout)
    if offered is None:
        raise UnavailableError(reason=f"{suite.name} has no package {package}")
    file = suite.home / "debs" / offered["file"]
    total = int(offered["size"])

    def watch() -> None:
        done = file.stat().st_size if file.exists() else 0
        session.say(program, f"downloading {file.name}", done=min(done, total), total=total)

    suite.apt("download", package, watch=watch)
    session.say(program, f"downloading {file.name}", done=total, total=total)
    return file


def locked(suite: Suite, session: Session) -> AbstractContextManager[None]:
    """Let one thread of one process at a time work with a suite's folders."""
    return cache.lock(session.sources.cache, f"apt-{suite.home.name}")


def clean(folder: Path) -> None:
    """Remove the downloaded packages, and what apt made of its lists, from a cache folder."""
    for pattern in ("*/debs/*", "*/cache/*.bin"):
        for file in (folder / "apt").glob(pattern):
            file.unlink(missing_ok=True)


def _suite(archive: Archive, name: str, session: Session) -> Suite:
    place = re.sub(r"[^A-Za-z0-9.-]+", "_", f"{archive.uri}_{name}")
    home = session.sources.cache / "apt" / place
    for folder in ("lists/partial", "cache/archives/partial", "state", "debs"):
        (home / folder).mkdir(parents=True, exist_ok=True)
    (home / "status").touch()
    (home / "suite.sources").write_text(archive.stanza(name), encoding="utf-8")
    return Suite(
        archive=archive, name=name, home=home, connect_seconds=session.sources.connect_seconds
    )


def _names(
    archive: Archive, codenames: frozenset[str], *, release: dict[str, str], asked: str
) -> tuple[str, ...]:
    if asked:
        return (asked,)
    family = [release.get("ID", ""), *release.get("ID_LIKE", "").split()]
    newer = next((_NEWER[each] for each in family if each in _NEWER), ())
    own = [suite for suite in archive.suites if suite in codenames]
    return tuple(dict.fromkeys((*newer, *own)))


def _release() -> dict[str, str]:
    try:
        return platform.freedesktop_os_release()
    except OSError:
        return {}


def _source_files() -> list[Path]:
    words = ("Dir::Etc::sourcelist/f", "Dir::Etc::sourceparts/d")
    arguments = [word for n, key in enumerate(words) for word in (f"P{n}", key)]
    text = run(["apt-config", "shell", *arguments], timeout=_SHORTEST_SECONDS).stdout
    places = [Path(match) for match in re.findall(r"^P\d='(.*)'$", text, re.MULTILINE)]
    files = []
    for place in places:
        found = sorted(place.glob("*")) if place.is_dir() else [place]
        files += [each for each in found if each.is_file() and _is_source(each)]
    return files


def _is_source(file: Path) -> bool:
    return file.suffix in {".list", ".sources"}


def _complaint(stderr: str) -> str:
    lines = [line for line in stderr.splitlines() if line.startswith(("E:", "W:"))]
    return (lines or stderr.strip().splitlines() or ["apt gave no reason"])[0]
