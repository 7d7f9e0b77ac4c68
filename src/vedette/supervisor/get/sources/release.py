"""The official release, its SHA-256 checked before it is unpacked."""

from pathlib import Path

from vedette.model.program import Installed, Program, Release
from vedette.supervisor.get import cache, pins, platforms
from vedette.supervisor.get.archive import unpack
from vedette.supervisor.get.download import fetch
from vedette.supervisor.get.keep import keep
from vedette.supervisor.get.source import Session, Source, UnavailableError


def _get(program: Program, session: Session) -> Installed:
    if program.release is None:
        raise UnavailableError(reason="")
    release = pins.effective(program.release, session.sources.cache)
    platform = platforms.here()
    url = pins.address(release, platform)
    if platform not in release.sums:
        reason = f"refused: no SHA-256 of {program.name} {release.version} is pinned for {platform}"
        remedy = f"vedette components pin {program.name} --version {release.version} --sums FILE"
        raise UnavailableError(reason=reason, remedy=remedy)
    archive = fetch(url, release.sums[platform], session, program=program.name)
    session.say(program.name, f"unpacking {archive.name}")
    with cache.scratch(session.sources.store, program.name) as folder:
        binary = _place(
            release, member=pins.member(release, platform), archive=archive, folder=folder
        )
        return keep(program, folder, binary=binary, source="release", origin=url)


def _place(release: Release, *, member: str, archive: Path, folder: Path) -> str:
    if not member:
        (folder / archive.name).write_bytes(archive.read_bytes())
        return archive.name
    unpack(archive, folder, only="" if release.whole else member)
    return member


SOURCE = Source(order=30, title="official release", network=True, get=_get)
