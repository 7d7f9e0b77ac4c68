"""What is on this machine already: configured folders, beside Python, PATH."""

import shutil
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from vedette import settings
from vedette.model.program import Installed, Program
from vedette.supervisor.get.answer import installed
from vedette.supervisor.get.source import Session, Source, Sources, UnavailableError


def _get(program: Program, session: Session) -> Installed:
    refusals = []
    for binary, source in _candidates(program, session.sources):
        try:
            return installed(program, binary, source=source)
        except UnavailableError as error:
            refusals.append(error.reason)
    raise UnavailableError(reason="; ".join(refusals) or f"no {' or '.join(_names(program))}")


def _candidates(program: Program, sources: Sources) -> Iterator[tuple[Path, str]]:
    for name in _names(program):
        for folder in sources.folders:
            for place in (folder.expanduser(), folder.expanduser() / "bin"):
                yield from _in(place, name, program=program, source="folder")
        if program.python:
            yield from _in(
                Path(settings.interpreter()).parent, name, program=program, source="path"
            )
        on_path = shutil.which(name, path=sources.path)
        if on_path:
            yield from _in(Path(on_path).parent, name, program=program, source="path")


def _in(folder: Path, name: str, *, program: Program, source: str) -> Iterator[tuple[Path, str]]:
    command = folder / name
    # The command says that the package is there; its script may be another one beside it.
    script = folder / program.python.script if program.python else command
    if command.is_file() and script.is_file():
        yield script.absolute(), source


def _names(program: Program) -> tuple[str, ...]:
    debian = PurePosixPath(program.debian.binary).name if program.debian else program.name
    return tuple(dict.fromkeys((program.name, debian)))


SOURCE = Source(order=10, title="PATH and folders", network=False, get=_get)
