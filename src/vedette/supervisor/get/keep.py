"""Put an unpacked program into the cache, once it has shown that it runs here."""

from pathlib import Path

from vedette.model.program import Installed, Program
from vedette.supervisor.get import cache
from vedette.supervisor.get.answer import ask


def keep(
    program: Program, folder: Path, *, binary: str, source: str, origin: str, rooted: bool = False
) -> Installed:
    """Ask the binary for its version, and make its scratch folder an entry of the cache.

    Args:
        program: What it should be.
        folder: A scratch folder of the cache, complete.
        binary: Path of the command below it.
        source: The word after the version in the entry's name.
        origin: The address or package it came from, for a person.
        rooted: True where it must start from its folder.

    Raises:
        UnavailableError: it does not run here, or is too old.
    """
    (folder / binary).chmod(0o755)
    version = ask(program, folder / binary, root=folder if rooted else None)
    manifest = cache.Manifest(
        program=program.name,
        version=str(version),
        source=source,
        origin=origin,
        binary=binary,
        rooted=rooted,
        sha256={binary: cache.sha256(folder / binary)},
    )
    cache.write(folder, manifest)
    target = cache.adopt(folder, f"{version}-{source}")
    return Installed(
        name=program.name,
        path=target / binary,
        version=version,
        source=source.partition("-")[0],
        root=target if rooted else None,
        detail=origin,
    )
