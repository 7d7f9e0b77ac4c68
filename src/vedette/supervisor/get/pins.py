"""Checksums that a user has added: which release, and what its files must be."""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit

import httpx

from vedette.errors import UsageError, VedetteError
from vedette.model.program import Program, Release
from vedette.model.version import Version
from vedette.supervisor.get.platforms import PLATFORMS
from vedette.supervisor.get.source import Sources

_LINE = re.compile(r"^(?P<sum>[0-9a-fA-F]{64})(?:\s+[*]?(?P<file>\S+))?\s*$", re.MULTILINE)
_LARGEST = 1_000_000


def address(release: Release, platform: str) -> str:
    """Return where the archive for a platform is, `linux-amd64`."""
    system, _, machine = platform.partition("-")
    return release.url.format(version=release.version, os=system, arch=machine)


def member(release: Release, platform: str) -> str:
    """Return the path of the binary inside the archive for a platform."""
    system, _, machine = platform.partition("-")
    return release.member.format(version=release.version, os=system, arch=machine)


def effective(release: Release, cache: Path) -> Release:
    """Return the release with what the user has pinned instead, if anything."""
    pinned = _read(cache).get(release.url)
    if not pinned:
        return release
    return replace(
        release,
        version=pinned["version"],
        sums=pinned["sums"],
        published=pinned["published"],
        url=pinned.get("url") or release.url,
    )


def pin(program: Program, version: str, *, sums: str, sources: Sources, url: str = "") -> Release:
    """Store the checksums of another release of a program.

    Args:
        program: The program; those that come in the same archive are pinned with it.
        version: The release, `3.9.1`.
        sums: A file or an address that holds them as `sha256sum` prints them.
        sources: Whose cache keeps them.
        url: Where the archive is, where the address of the new release is built otherwise;
            with `{version}`, `{os}` and `{arch}`.

    Raises:
        UsageError: there is no such release, or no sum of its archives among them.
        VedetteError: the sums cannot be read.
    """
    if program.release is None:
        problem = f"{program.name} has no official release that Vedette knows"
        raise UsageError(problem, hint="put it on PATH instead")
    if Version.find(version) is None:
        problem = f"{version!r} is not a version"
        raise UsageError(problem, hint="write it as 3.9.1")
    release = replace(program.release, version=version, url=url or program.release.url)
    found = _matching(release, _text(sums, sources))
    if not found:
        wanted = PurePosixPath(urlsplit(address(release, PLATFORMS[0])).path).name
        problem = f"{sums} holds no SHA-256 of {wanted} or its like"
        raise UsageError(problem, hint="name the sha256sums.txt of that very release")
    record = {"version": version, "sums": found, "published": sums, "url": url}
    _write(sources.cache, {**_read(sources.cache), program.release.url: record})
    return replace(release, sums=found, published=sums)


def _matching(release: Release, text: str) -> dict[str, str]:
    lines = [(match["file"], match["sum"].lower()) for match in _LINE.finditer(text)]
    named = {PurePosixPath(file).name: value for file, value in lines if file}
    found = {}
    for platform in PLATFORMS:
        name = PurePosixPath(urlsplit(address(release, platform)).path).name
        if name in named:
            found[platform] = named[name]
    return found


def _text(place: str, sources: Sources) -> str:
    if not place.startswith(("http://", "https://")):
        try:
            return Path(place).read_text(encoding="utf-8")[:_LARGEST]
        except (OSError, UnicodeDecodeError) as error:
            problem = f"cannot read {place}: {error}"
            raise UsageError(problem, hint="name a file or URL") from None
    if sources.offline:
        problem = f"{place} cannot be read: the network is forbidden"
        raise UsageError(problem, hint="copy the file here and name it")
    try:
        timeout = httpx.Timeout(30.0, connect=sources.connect_seconds)
        answer = httpx.get(place, timeout=timeout, follow_redirects=True).raise_for_status()
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        problem = f"{place} cannot be read: {error}"
        raise VedetteError(problem, hint="copy the file here and name it") from None
    return answer.text[:_LARGEST]


def _file(cache: Path) -> Path:
    return cache / "pins.json"


def _read(cache: Path) -> dict[str, Any]:
    try:
        value = json.loads(_file(cache).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        problem = f"{_file(cache)} cannot be read: {error}"
        raise UsageError(problem, hint="remove it and pin again") from None
    return value if isinstance(value, dict) else {}


def _write(cache: Path, pins: Mapping[str, Any]) -> None:
    cache.mkdir(parents=True, exist_ok=True)
    waiting = cache / ".pins.json"
    waiting.write_text(json.dumps(pins, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    waiting.replace(_file(cache))
