"""A program, described well enough to be got without root on a machine that lacks it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from vedette.model.version import Version


@dataclass(frozen=True, kw_only=True)
class Release:
    """An official release archive.

    Args:
        version: The pinned version.
        url: With `{version}`, `{os}` and `{arch}` (`linux`, `darwin`; `amd64`, `arm64`).
        member: Path of the binary inside the archive, with the same fields; empty where
            what is downloaded is the binary itself.
        whole: True where the binary needs the rest of the archive beside it.
        sums: SHA-256 per platform, `linux-amd64`; a platform without one is refused.
        published: Where those sums are published, for a person who checks them.
    """

    version: str
    url: str
    member: str
    whole: bool = False
    sums: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    published: str


@dataclass(frozen=True, kw_only=True)
class Patch:
    """Bytes to replace in a binary by as many others, so that it runs from any folder."""

    old: bytes
    new: bytes


@dataclass(frozen=True, kw_only=True)
class DebianPackage:
    """A package of Debian or Ubuntu that holds the program.

    Args:
        name: The package.
        binary: Path of the program inside it.
        patch: What must change for it to run unpacked in a folder.
        elsewhere: Other packages, tried in order where this one lacks the binary
            (promtool moved into a package of its own).
    """

    name: str
    binary: str
    patch: Patch | None = None
    elsewhere: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PythonPackage:
    """A program that pip installs into an environment of its own.

    Args:
        requirements: What pip is asked for, pinned.
        script: The command of that environment which runs; looked for beside the program
            of this name where that is on PATH.
    """

    requirements: tuple[str, ...]
    script: str


@dataclass(frozen=True, kw_only=True)
class Program:
    """One binary and every way to get it.

    Args:
        name: The command on PATH.
        minimum: The oldest version that works.
        version_args: Arguments that print its version.
        release: The official release.
        debian: The distribution's package.
        python: The package on the Python index.
    """

    name: str
    minimum: Version
    version_args: tuple[str, ...] = ("--version",)
    release: Release | None = None
    debian: DebianPackage | None = None
    python: PythonPackage | None = None


@dataclass(frozen=True, kw_only=True)
class Installed:
    """A program that is on this machine and answered with its version.

    Args:
        name: The command.
        path: The binary, absolute.
        version: What it said.
        source: How it was got: `path`, `folder`, `cache`, `release`, `debian`, `python`.
        root: Folder that holds its package, from which a patched program must start.
        detail: The release or package it came from, for a person.
    """

    name: str
    path: Path
    version: Version
    source: str
    root: Path | None = None
    detail: str = ""
