"""Read the machine's own apt sources: which archives it trusts, and with which keys."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

# What the distributions themselves call the parts that hold free software.
_COMPONENTS = ("main", "universe")
_ONE_LINE = re.compile(r"^deb\s+(?:\[(?P<options>[^\]]*)\]\s+)?(?P<uri>\S+)\s+(?P<rest>.+)$")


@dataclass(frozen=True, kw_only=True)
class Archive:
    """One archive of packages.

    Args:
        uri: Its base address, as apt is configured with it.
        suites: The suites that the machine uses of it.
        components: Its components, as far as they hold free software.
        signed_by: Keyring, fingerprint or armoured key; empty for the machine's own keys.
        trusted: True where the machine's owner has told apt not to check it.
    """

    uri: str
    suites: tuple[str, ...]
    components: tuple[str, ...]
    signed_by: str = ""
    trusted: bool = False

    def stanza(self, suite: str) -> str:
        """Return the deb822 text that makes apt use one suite of it."""
        lines = [
            "Types: deb",
            f"URIs: {self.uri}",
            f"Suites: {suite}",
            f"Components: {' '.join(self.components)}",
        ]
        if self.signed_by:
            lines.append(f"Signed-By: {self.signed_by}")
        if self.trusted:
            lines.append("Trusted: yes")
        return "\n".join(lines) + "\n"


def archives(files: Iterable[Path], codenames: frozenset[str]) -> tuple[Archive, ...]:
    """Return the distribution's own archives, the most likely one first.

    Args:
        files: The `.list` and `.sources` files of apt.
        codenames: The names of the machine's release; archives without it are left out.
    """
    found: dict[str, Archive] = {}
    for file in files:
        text = file.read_text(encoding="utf-8", errors="replace")
        parse = deb822 if file.suffix == ".sources" else one_line
        for archive in parse(text):
            known = found.get(archive.uri)
            suites = (*(known.suites if known else ()), *archive.suites)
            found[archive.uri] = Archive(
                uri=archive.uri,
                suites=suites,
                components=archive.components,
                signed_by=archive.signed_by,
                trusted=archive.trusted,
            )
    own = [each for each in found.values() if each.components and codenames & set(each.suites)]
    # The distribution's archive has update suites beside its release; other vendors' have not.
    return tuple(sorted(own, key=lambda each: -len(each.suites)))


def one_line(text: str) -> Iterator[Archive]:
    """Yield the archives of a `sources.list`."""
    for line in text.splitlines():
        match = _ONE_LINE.match(line.partition("#")[0].strip())
        if match is None:
            continue
        options = dict(
            word.split("=", 1) for word in (match["options"] or "").split() if "=" in word
        )
        suite, *components = match["rest"].split()
        yield Archive(
            uri=match["uri"],
            suites=(suite,),
            components=_free(components),
            signed_by=options.get("signed-by", ""),
            trusted=options.get("trusted") == "yes",
        )


def deb822(text: str) -> Iterator[Archive]:
    """Yield the archives of a `.sources` file."""
    for stanza in re.split(r"\n\s*\n", text):
        fields = _fields(stanza)
        if "deb" not in fields.get("types", "").split() or fields.get("enabled") == "no":
            continue
        for uri in fields.get("uris", "").split():
            yield Archive(
                uri=uri,
                suites=tuple(fields.get("suites", "").split()),
                components=_free(fields.get("components", "").split()),
                signed_by=fields.get("signed-by", ""),
                trusted=fields.get("trusted") == "yes",
            )


def _fields(stanza: str) -> Mapping[str, str]:
    fields: dict[str, str] = {}
    name = ""
    for line in stanza.splitlines():
        if line.startswith("#"):
            continue
        if line[:1].isspace() and name:
            fields[name] += f"\n{line}"
        elif ":" in line:
            name, _, value = line.partition(":")
            name = name.strip().lower()
            fields[name] = value.strip()
    return fields


def _free(components: Iterable[str]) -> tuple[str, ...]:
    return tuple(each for each in components if each in _COMPONENTS)
