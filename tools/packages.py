"""Debian's and Ubuntu's packages, unpacked into a folder: without root, without installing.

What the tests need and no Python package brings comes from here: a browser, servers.
"""

import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from vedette.errors import ProgramMissingError
from vedette.process.run import Completed, run
from vedette.supervisor.get import configured
from vedette.supervisor.get.archive import unpack_deb

_COMMAND_SECONDS = 900.0
_NEWS_EVERY = 40  # packages


def reachable() -> bool:
    """True where packages can be downloaded."""
    return shutil.which("apt-get") is not None and not configured().offline


def unpack(root: Path, *packages: str) -> None:
    """Fill a folder with packages and with what they need and this machine lacks.

    Args:
        root: What is there is replaced, once everything has come.
        packages: Names of Debian packages.

    Raises:
        ProgramMissingError: a package cannot be downloaded.
    """
    work = root.with_name(f"{root.name}.work")
    fresh = root.with_name(f"{root.name}.new")
    files = _download(work, packages)
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir()
    for number, file in enumerate(files):
        if number % _NEWS_EVERY == 0:
            say(f"unpacking, {number} of {len(files)} done")
        unpack_deb(file, fresh)
    shutil.rmtree(root, ignore_errors=True)
    fresh.rename(root)
    shutil.rmtree(work)


def libraries(root: Path) -> Iterator[Path]:
    """Yield the folders with shared libraries below an unpacked folder."""
    folders = {file.parent for file in root.rglob("*.so*") if "chromium" not in file.parts}
    yield from sorted(
        folder for folder in folders if folder.parent.name in {"lib", "usr"} or _nested(folder)
    )


def say(text: str) -> None:
    """Tell the person who waits."""
    print(f"tools: {text}", file=sys.stderr, flush=True)


def _nested(folder: Path) -> bool:
    """True for `lib/x86_64-linux-gnu` and what Debian keeps one level below it."""
    return any(parent.name == "lib" for parent in (folder.parent, folder.parent.parent))


def _download(work: Path, packages: tuple[str, ...]) -> list[Path]:
    for folder in ("lists/partial", "cache/archives/partial", "debs"):
        (work / folder).mkdir(parents=True, exist_ok=True)
    say("reading the package lists")
    _apt(work, "update")
    plan = _apt(work, "install", "--print-uris", "--quiet=2", "--yes", *packages).stdout
    wanted = re.findall(r"^'[^']+' (?P<file>([^_\s]+)_\S+) (\d+) ", plan, re.MULTILINE)
    megabytes = sum(int(size) for _, _, size in wanted) / 1e6
    say(f"downloading {len(wanted)} packages, {megabytes:.0f} MB, for {packages[0]}")
    # Those that this machine has installed are needed in our folder all the same.
    names = dict.fromkeys([*packages, *(name for _, name, _ in wanted)])
    _apt(work, "download", *names)
    return sorted((work / "debs").glob("*.deb"))


def _apt(work: Path, *words: str) -> Completed:
    options = {
        "Dir::State::Lists": work / "lists",
        "Dir::Cache": work / "cache",
        "Acquire::Languages": "none",
        "Acquire::Retries": 3,
        "APT::Install-Recommends": "false",
        "APT::Sandbox::User": "root",
        "Debug::NoLocking": "1",
    }
    given = [word for key, value in options.items() for word in ("-o", f"{key}={value}")]
    command = ["apt-get", *given, *words]
    done = run(command, timeout=_COMMAND_SECONDS, cwd=work / "debs", env={"LC_ALL": "C"})
    if done.returncode != 0:
        complaint = [line for line in done.stderr.splitlines() if line.startswith("E:")]
        problem = f"apt-get {words[0]} failed: {(complaint or [done.stderr.strip()])[0]}"
        raise ProgramMissingError(problem, hint="install it with the package manager")
    return done
