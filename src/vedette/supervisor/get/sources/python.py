"""A package of the Python index, in an environment of its own."""

import importlib.util
import shutil
from collections.abc import Callable
from pathlib import Path

from vedette import settings
from vedette.model.program import Installed, Program, PythonPackage
from vedette.process.run import run
from vedette.supervisor.get import cache
from vedette.supervisor.get.answer import ask
from vedette.supervisor.get.source import Session, Source, UnavailableError

_INSTALL_SECONDS = 1800.0


def _get(program: Program, session: Session) -> Installed:
    package = program.python
    if package is None:
        raise UnavailableError(reason="")
    if session.sources.offline:
        raise UnavailableError(reason="the network is forbidden")
    pinned = package.requirements[0].rpartition("==")[2]
    # An environment knows its own path, so it is built where it stays; only its manifest,
    # written last, makes it count.
    folder = cache.home(session.sources.store, program.name) / f"{pinned}-python"
    shutil.rmtree(folder, ignore_errors=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    text = f"pip installs {package.requirements[0]} and what it needs"
    session.say(program.name, text)
    _install(package, folder, watch=lambda: session.say(program.name, text))
    binary = f"bin/{package.script}"
    version = ask(program, folder / binary)
    manifest = cache.Manifest(
        program=program.name,
        version=str(version),
        source="python",
        origin=" ".join(package.requirements),
        binary=binary,
        rooted=False,
        # Its Python too: an environment whose interpreter has changed is built anew.
        sha256={name: cache.sha256(folder / name) for name in {binary, "bin/python"}},
    )
    cache.write(folder, manifest)
    return Installed(
        name=program.name,
        path=folder / binary,
        version=version,
        source="python",
        detail=manifest.origin,
    )


def _install(package: PythonPackage, folder: Path, *, watch: Callable[[], None]) -> None:
    python = settings.interpreter()
    # Debian's Python lacks ensurepip, so the pip that installed Vedette serves, if there is one.
    ours = importlib.util.find_spec("pip") is not None
    _do([python, "-m", "venv", *(["--without-pip"] if ours else []), folder], watch)
    inside = folder / "bin" / "python"
    pip: list[str | Path] = (
        [python, "-m", "pip", "--python", inside] if ours else [inside, "-m", "pip"]
    )
    _do([*pip, "--disable-pip-version-check", "install", "--quiet", *package.requirements], watch)


def _do(command: list[str | Path], watch: Callable[[], None]) -> None:
    done = run(command, timeout=_INSTALL_SECONDS, watch=watch)
    if done.returncode != 0:
        lines = [line for line in (done.stderr + done.stdout).splitlines() if line.strip()]
        errors = [line for line in lines if line.startswith("ERROR")] or lines
        raise UnavailableError(reason=f"pip: {errors[-1] if errors else 'failed without a word'}")


SOURCE = Source(order=50, title="Python package", network=True, get=_get)
