"""Print the path of a launcher for a headless Chromium, for the tests; get one where none is.

    .venv/bin/python tools/browser.py

A Chromium on PATH is taken. Otherwise, on Debian and Ubuntu, the distribution's package and
what it needs and this machine lacks are downloaded with apt and unpacked into Vedette's cache:
as an ordinary user, without installing anything. News go to standard error.
"""

import re
import shlex
import shutil
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from vedette.errors import ProgramMissingError, VedetteError
from vedette.process.run import Completed, run
from vedette.supervisor.get import cache, configured
from vedette.supervisor.get.archive import unpack_deb
from vedette.supervisor.get.source import UnavailableError

COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Ubuntu's package of that name is an empty one that wants a snap.
PACKAGES = ("chromium", "fonts-dejavu-core")
LAUNCHER = "chromium-for-tests"
COMMAND_SECONDS = 900.0
START_SECONDS = 60.0
NEWS_EVERY = 40  # packages
# The pages are our own; the sandbox needs what containers and root do not have.
FLAGS = ("--no-sandbox", "--disable-dev-shm-usage", "--no-first-run", "--disable-breakpad")
FONTS = """\
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir>{root}/usr/share/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>{root}/fontcache</cachedir>
  <alias><family>sans-serif</family><prefer><family>DejaVu Sans</family></prefer></alias>
  <alias><family>monospace</family><prefer><family>DejaVu Sans Mono</family></prefer></alias>
</fontconfig>
"""
SCRIPT = """\
#!/bin/sh
# Written by tools/browser.py: Chromium from a folder, for the tests.
root={root}
export LD_LIBRARY_PATH={libraries}${{LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}}
export FONTCONFIG_FILE="$root/fonts.conf"
export XDG_DATA_DIRS="$root/usr/share:${{XDG_DATA_DIRS:-/usr/local/share:/usr/share}}"
exec "$root/usr/lib/chromium/chromium" {flags} "$@"
"""
PLAIN_SCRIPT = """\
#!/bin/sh
# Written by tools/browser.py: this machine's Chromium, with the flags that tests need.
exec {binary} {flags} "$@"
"""


def main() -> int:
    """Print the launcher's path, or say why there is none."""
    try:
        print(launcher(configured().cache / "browser"))
    except UnavailableError as error:
        print(f"error: {error.reason}\n  hint: install chromium", file=sys.stderr)
        return 3
    except VedetteError as error:
        print(f"error: {error}", file=sys.stderr)
        return error.exit_code
    return 0


def launcher(home: Path) -> Path:
    """Return a launcher that has been seen to start a browser.

    Args:
        home: Folder for the launcher and what it needs.

    Raises:
        ProgramMissingError: there is none, and none can be got.
    """
    with cache.lock(home, "browser"):
        for command in COMMANDS:
            binary = shutil.which(command)
            if binary and (script := _starts(_plain(home, Path(binary)))):
                return script
        root = home / "debian"
        return _starts(root / LAUNCHER) or _fetched(root)


def _plain(home: Path, binary: Path) -> Path:
    text = PLAIN_SCRIPT.format(binary=shlex.quote(str(binary)), flags=" ".join(FLAGS))
    return _script(home / LAUNCHER, text)


def _fetched(root: Path) -> Path:
    if shutil.which("apt-get") is None or configured().offline:
        problem = f"none of {', '.join(COMMANDS)} is on PATH and runs, and none can be downloaded"
        raise ProgramMissingError(problem, hint="install Chromium or Google Chrome")
    work = root.with_name("work")
    packages = _download(work)
    fresh = root.with_name("debian.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir()
    for number, package in enumerate(packages):
        if number % NEWS_EVERY == 0:
            _say(f"unpacking, {number} of {len(packages)} done")
        unpack_deb(package, fresh)
    shutil.rmtree(root, ignore_errors=True)
    fresh.rename(root)
    (root / "fonts.conf").write_text(FONTS.format(root=root), encoding="utf-8")
    text = SCRIPT.format(
        root=shlex.quote(str(root)),
        libraries=shlex.quote(":".join(str(folder) for folder in _libraries(root))),
        flags=" ".join(FLAGS),
    )
    script = _starts(_script(root / LAUNCHER, text))
    if script is None:
        problem = f"the Chromium in {root} does not start; it lacks: {', '.join(_lacking(root))}"
        raise ProgramMissingError(problem, hint="install chromium with the package manager")
    shutil.rmtree(work)
    return script


def _download(work: Path) -> list[Path]:
    for folder in ("lists/partial", "cache/archives/partial", "debs"):
        (work / folder).mkdir(parents=True, exist_ok=True)
    _say("reading the package lists")
    _apt(work, "update")
    plan = _apt(work, "install", "--print-uris", "--quiet=2", "--yes", *PACKAGES).stdout
    wanted = re.findall(r"^'[^']+' (?P<file>([^_\s]+)_\S+) (\d+) ", plan, re.MULTILINE)
    megabytes = sum(int(size) for _, _, size in wanted) / 1e6
    _say(f"downloading {len(wanted)} packages, {megabytes:.0f} MB")
    # Those of the two that this machine has installed are needed in our folder all the same.
    names = dict.fromkeys([*PACKAGES, *(name for _, name, _ in wanted)])
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
    done = run(command, timeout=COMMAND_SECONDS, cwd=work / "debs", env={"LC_ALL": "C"})
    if done.returncode != 0:
        complaint = [line for line in done.stderr.splitlines() if line.startswith("E:")]
        problem = f"apt-get {words[0]} failed: {(complaint or [done.stderr.strip()])[0]}"
        raise ProgramMissingError(problem, hint="install chromium with the package manager")
    return done


def _libraries(root: Path) -> Iterator[Path]:
    """Yield the folders with shared libraries."""
    folders = {file.parent for file in root.rglob("*.so*") if "chromium" not in file.parts}
    yield from sorted(
        folder for folder in folders if folder.parent.name in {"lib", "usr"} or _nested(folder)
    )


def _nested(folder: Path) -> bool:
    """True for `lib/x86_64-linux-gnu` and what Debian keeps one level below it."""
    return any(parent.name == "lib" for parent in (folder.parent, folder.parent.parent))


def _lacking(root: Path) -> Iterable[str]:
    binary = root / "usr/lib/chromium/chromium"
    path = ":".join(str(folder) for folder in _libraries(root))
    listed = run(["ldd", binary], timeout=START_SECONDS, env={"LD_LIBRARY_PATH": path}).stdout
    return re.findall(r"(\S+) => not found", listed) or ["nothing that ldd knows of"]


def _script(file: Path, text: str) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    waiting = file.with_name(f".{file.name}")
    waiting.write_text(text, encoding="utf-8")
    waiting.chmod(0o755)
    return waiting.replace(file)


def _starts(script: Path) -> Path | None:
    """Return the launcher if it renders a page."""
    if not script.is_file():
        return None
    page = "data:text/html,<p>it%20runs</p>"
    words: list[str | Path] = [script, "--headless", "--disable-gpu", "--dump-dom", page]
    try:
        done = run(words, timeout=START_SECONDS)
    except VedetteError:
        return None
    return script if "<p>it runs</p>" in done.stdout else None


def _say(text: str) -> None:
    print(f"browser: {text}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
