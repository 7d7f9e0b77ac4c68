"""Print the path of a launcher for a headless Chromium, for the tests; get one where none is.

    .venv/bin/python -m tools.browser

A Chromium on PATH is taken. Otherwise, on Debian and Ubuntu, the distribution's package and
what it needs and this machine lacks are downloaded with apt and unpacked into Vedette's cache:
as an ordinary user, without installing anything. News go to standard error.
"""

import re
import shlex
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

from tools import packages
from vedette.errors import ProgramMissingError, VedetteError
from vedette.process.run import run
from vedette.supervisor.get import cache, configured
from vedette.supervisor.get.source import UnavailableError

COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Ubuntu's package of that name is an empty one that wants a snap.
PACKAGES = ("chromium", "fonts-dejavu-core")
LAUNCHER = "chromium-for-tests"
START_SECONDS = 60.0
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
    if not packages.reachable():
        problem = f"none of {', '.join(COMMANDS)} is on PATH and runs, and none can be downloaded"
        raise ProgramMissingError(problem, hint="install Chromium or Google Chrome")
    packages.unpack(root, *PACKAGES)
    (root / "fonts.conf").write_text(FONTS.format(root=root), encoding="utf-8")
    text = SCRIPT.format(
        root=shlex.quote(str(root)),
        libraries=shlex.quote(":".join(str(folder) for folder in packages.libraries(root))),
        flags=" ".join(FLAGS),
    )
    script = _starts(_script(root / LAUNCHER, text))
    if script is None:
        problem = f"the Chromium in {root} does not start; it lacks: {', '.join(_lacking(root))}"
        raise ProgramMissingError(problem, hint="install chromium with the package manager")
    return script


def _lacking(root: Path) -> Iterable[str]:
    binary = root / "usr/lib/chromium/chromium"
    path = ":".join(str(folder) for folder in packages.libraries(root))
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


if __name__ == "__main__":
    sys.exit(main())
