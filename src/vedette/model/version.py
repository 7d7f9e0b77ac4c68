"""Versions of programs, and what each of them can and cannot do."""

import re
from dataclasses import dataclass

from vedette.errors import DeclarationError, ProgramMissingError


@dataclass(frozen=True, order=True)
class Version:
    """Major, minor, patch; compares as such and prints as `3.5.3`."""

    major: int
    minor: int
    patch: int = 0

    @classmethod
    def find(cls, text: str) -> "Version | None":
        """Return the first version number in `text`, or None."""
        match = re.search(r"(\d+)\.(\d+)(?:\.(\d+))?", text)
        return cls(int(match[1]), int(match[2]), int(match[3] or 0)) if match else None

    def __str__(self) -> str:
        """Write it with dots."""
        return f"{self.major}.{self.minor}.{self.patch}"


@dataclass(frozen=True, kw_only=True)
class Feature:
    """What a program can do only from one version on, and maybe only up to another.

    Args:
        program: The program.
        name: How the setting is called in the program's own configuration.
        since: The first version that has it.
        until: The first version that no longer has it.
        instead: What a user can do without it.
    """

    program: str
    name: str
    since: Version
    until: Version | None = None
    instead: str = "use a newer version"

    def offered_by(self, version: Version) -> bool:
        """True if this version of the program has the feature."""
        return version >= self.since and (self.until is None or version < self.until)


def _version(text: str) -> Version:
    version = Version.find(text)
    if version is None:
        problem = f"{text!r} is not a version"
        raise DeclarationError(problem, hint="write it as 2.53.0")
    return version


def _prometheus(name: str, since: str, until: str = "") -> Feature:
    last = _version(until) if until else None
    return Feature(program="prometheus", name=name, since=_version(since), until=last)


def _alertmanager(name: str, since: str, instead: str) -> Feature:
    return Feature(program="alertmanager", name=name, since=_version(since), instead=instead)


# Found by running each line through promtool and amtool of 2.42/0.25, 2.53/0.28 and
# 3.5/0.33: `since` is the first of those that accepted it, so the true one may be older.
FEATURES = (
    _prometheus("scrape_config_files", "2.53.0"),
    _prometheus("scrape_protocols", "2.53.0"),
    _prometheus("keep_dropped_targets", "2.53.0"),
    _prometheus("fallback_scrape_protocol", "3.5.0"),
    _prometheus("group query_offset", "2.53.0"),
    _prometheus("group labels", "3.5.0"),
    _prometheus("utf8_names", "2.53.0"),
    _prometheus("holt_winters", "2.0.0", until="3.0.0"),
    _prometheus("--storage.tsdb.use-lockfile", "2.0.0", until="3.0.0"),
    _prometheus("remote_write protobuf_message", "3.5.0"),
    _alertmanager("webhook url_file", "0.28.0", "write the url itself"),
    _alertmanager("msteams", "0.28.0", "use a webhook relay"),
    _alertmanager("telegram bot_token_file", "0.28.0", "write the token itself"),
    _alertmanager("jira", "0.33.0", "use a webhook relay"),
    _alertmanager("webhook payload", "0.33.0", "send the standard body and convert it there"),
)


def has(program: str, feature: str, version: Version | None) -> bool:
    """Say whether `version` of `program` offers `feature`.

    Args:
        program: As in the table.
        feature: As in the table.
        version: None where it is not known: then the newest is assumed.

    Raises:
        DeclarationError: the table has no such feature.
    """
    for row in FEATURES:
        if (row.program, row.name) == (program, feature):
            newest = row.until is None
            return newest if version is None else row.offered_by(version)
    problem = f"the feature table has no {feature!r} of {program}"
    raise DeclarationError(problem, hint="add a row to vedette/model/version.py")


def need(program: str, feature: str, version: Version | None) -> None:
    """Refuse a setting that this version of the program lacks.

    Raises:
        ProgramMissingError: the version lacks it; the hint says what to do instead.
    """
    if not has(program, feature, version):
        row = next(row for row in FEATURES if (row.program, row.name) == (program, feature))
        problem = f"{program} {version} has no {feature} (it came with {row.since})"
        raise ProgramMissingError(problem, hint=row.instead)
