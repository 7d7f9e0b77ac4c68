"""Make .venv on a machine that has Python and little else.

Usage: python3 tools/bootstrap.py ENVIRONMENT

Debian's Python comes without ensurepip; the package that carries it cannot be installed
without root. Its pip is then unpacked from Debian's own `python3-pip-whl` package, got with
the machine's package manager into a temporary folder, as an ordinary user.
Only the standard library is used here.
"""

import importlib.util
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

OLDEST = (3, 11)


def main(environment: Path) -> int:
    """Create the environment, unless it is there and has pip.

    Args:
        environment: Folder of the virtual environment.
    """
    if sys.version_info < OLDEST:
        return _refuse(
            f"Python {sys.version.split()[0]} is too old: Vedette needs 3.11 or newer",
            "name another one: make PYTHON=/path/to/python3.12 ...",
        )
    python = environment / "bin" / "python"
    if _has_pip(python):
        return 0
    if importlib.util.find_spec("ensurepip"):
        _run(sys.executable, "-m", "venv", "--clear", environment)
    else:
        _run(sys.executable, "-m", "venv", "--clear", "--without-pip", environment)
        with tempfile.TemporaryDirectory(prefix="vedette-pip-") as folder:
            _run(python, _debian_pip(Path(folder)) / "pip", "install", "--quiet", "pip")
    # dependency groups came with pip 25.1
    _run(python, "-m", "pip", "install", "--quiet", "--upgrade", "pip>=25.1")
    return 0


def _has_pip(python: Path) -> bool:
    return (
        python.exists()
        and not subprocess.run(
            [python, "-m", "pip", "--version"], capture_output=True, check=False
        ).returncode
    )


def _debian_pip(folder: Path) -> Path:
    """Unpack Debian's pip wheel below `folder` and return its path."""
    for name in ("lists/partial", "cache/archives/partial"):
        (folder / name).mkdir(parents=True)
    private = ("-o", f"Dir::State::Lists={folder}/lists", "-o", f"Dir::Cache={folder}/cache")
    quiet = ("-o", "Debug::NoLocking=1", "-qq")
    _run("apt-get", *private, *quiet, "update", cwd=folder)
    _run("apt-get", *private, *quiet, "download", "python3-pip-whl", cwd=folder)
    _run("dpkg-deb", "-x", next(folder.glob("python3-pip-whl*.deb")), folder / "unpacked")
    return next((folder / "unpacked").rglob("pip-*.whl"))


def _run(*command: str | Path, cwd: Path | None = None) -> None:
    words = [str(word) for word in command]
    try:
        subprocess.run(words, cwd=cwd, check=True)
    except FileNotFoundError:
        _stop(words, f"{words[0]} is not on this machine")
    except subprocess.CalledProcessError as error:
        _stop(words, f"exit code {error.returncode}")


def _stop(words: Sequence[str], reason: str) -> None:
    _refuse(
        f"{' '.join(words)}: {reason}",
        "install Python's venv module (Debian: apt install python3-venv) and try again",
    )
    raise SystemExit(1)


def _refuse(problem: str, hint: str) -> int:
    print(f"error: {problem}\n  hint: {hint}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1])))
