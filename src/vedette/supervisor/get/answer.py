"""Ask a binary for its version: the proof that it runs on this machine."""

from pathlib import Path

from vedette.errors import VedetteError
from vedette.model.program import Installed, Program
from vedette.model.version import Version
from vedette.process.run import run
from vedette.supervisor.get.source import UnavailableError

_ANSWER_SECONDS = 30.0


def ask(program: Program, binary: Path, root: Path | None = None) -> Version:
    """Run a binary and return the version that it prints.

    Args:
        program: What it should be.
        binary: Absolute path.
        root: Where it must start.

    Raises:
        UnavailableError: it does not run, prints no version, or is too old.
    """
    try:
        done = run([binary, *program.version_args], timeout=_ANSWER_SECONDS, cwd=root)
    except VedetteError as error:
        raise UnavailableError(reason=error.problem) from None
    text = done.stdout + done.stderr
    version = Version.find(text)
    if done.returncode != 0 or version is None:
        said = (text.strip().splitlines() or ["nothing"])[-1]
        reason = f"{binary} does not run here (code {done.returncode}, it said: {said})"
        raise UnavailableError(reason=reason)
    if version < program.minimum:
        raise UnavailableError(reason=f"{binary} is {version}, older than {program.minimum}")
    return version


def installed(program: Program, binary: Path, *, source: str, detail: str = "") -> Installed:
    """Ask a binary that is already on this machine, and describe it.

    Raises:
        UnavailableError: it does not run, prints no version, or is too old.
    """
    version = ask(program, binary)
    return Installed(
        name=program.name, path=binary, version=version, source=source, detail=detail or str(binary)
    )
