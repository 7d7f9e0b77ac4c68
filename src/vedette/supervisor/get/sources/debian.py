"""The distribution's package: the newest that its archive offers and that runs here."""

import shutil
from pathlib import Path

from vedette.model.program import DebianPackage, Installed, Patch, Program
from vedette.supervisor.get import apt, cache
from vedette.supervisor.get.archive import unpack_deb
from vedette.supervisor.get.keep import keep
from vedette.supervisor.get.source import Session, Source, UnavailableError


def _get(program: Program, session: Session) -> Installed:
    if program.debian is None:
        raise UnavailableError(reason="")
    if session.sources.offline:
        raise UnavailableError(reason="the network is forbidden")
    reasons = []
    for suite in apt.suites(session):
        try:
            return _from(suite, program, package=program.debian, session=session)
        except UnavailableError as error:
            if error.reason not in reasons:
                reasons.append(error.reason)
                session.say_once(program.name, f"looking further: {error.reason}")
    raise UnavailableError(reason="; ".join(reasons))


def _from(
    suite: apt.Suite, program: Program, *, package: DebianPackage, session: Session
) -> Installed:
    reasons = []
    for name in (package.name, *package.elsewhere):
        try:
            with apt.locked(suite, session):
                apt.update(suite, session, program.name)
                file = apt.download(suite, name, session, program=program.name)
        except UnavailableError as error:
            if error.reason not in reasons:
                reasons.append(error.reason)
            continue
        session.say(program.name, f"unpacking {file.name}")
        with cache.scratch(session.sources.store, program.name) as folder:
            unpack_deb(file, folder)
            if (folder / package.binary).is_file():
                return _keep(suite, program, package, file=file, folder=folder)
        reasons.append(f"{file.name} holds no {package.binary}")
    raise UnavailableError(reason="; ".join(reasons))


def _keep(
    suite: apt.Suite, program: Program, package: DebianPackage, *, file: Path, folder: Path
) -> Installed:
    rooted = package.patch is not None and _patch(folder / package.binary, package.patch)
    binary = package.binary if rooted else _alone(folder, package.binary)
    for sibling in (folder / binary).parent.iterdir():
        if sibling.name != Path(binary).name:  # other programs of the package
            sibling.unlink()
    return keep(
        program,
        folder,
        binary=binary,
        source=f"debian-{suite.codename()}",
        origin=f"{file.name} of {suite.archive.uri} {suite.codename()}",
        rooted=rooted,
    )


def _patch(binary: Path, patch: Patch) -> bool:
    """Replace bytes by as many others; say whether there was anything to replace."""
    data = binary.read_bytes()
    if patch.old not in data:
        return False
    if len(patch.old) != len(patch.new):
        raise UnavailableError(reason=f"the patch of {binary.name} changes its length")
    patched = binary.with_name(f".{binary.name}")
    patched.write_bytes(data.replace(patch.old, patch.new))
    patched.replace(binary)
    return True


def _alone(folder: Path, binary: str) -> str:
    """Keep the binary of a package that needs nothing else, and drop the rest."""
    name = Path(binary).name
    kept = folder / f".kept-{name}"
    (folder / binary).replace(kept)
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        elif path != kept:
            path.unlink()
    kept.rename(folder / name)
    return name


SOURCE = Source(order=40, title="distribution's package", network=True, suites=True, get=_get)
