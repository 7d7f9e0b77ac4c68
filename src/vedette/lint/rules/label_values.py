"""No ids and no persons in labels."""

import re
from collections.abc import Iterator

from vedette.exposition.nouns import Family
from vedette.lint.rule import Found, Rule, Scope

_UUID = r"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}"
_ID = rf"(?:[0-9]+|{_UUID}|[0-9a-f]{{16,}})"
# What a value looks like, the first that fits; and what to write instead.
_LOOKS: tuple[tuple[str, re.Pattern[str], str], ...] = (
    ("an e-mail address", re.compile(r"[^@\s/]+@[^@\s/]+\.[a-zA-Z]{2,}"), ""),
    ("a UUID", re.compile(_UUID), ""),
    (
        "an IP address",
        re.compile(r"(?:[0-9]{1,3}\.){3}[0-9]{1,3}(?::[0-9]+)?|\[?(?:[0-9a-fA-F]{1,4}:){7}.*"),
        "",
    ),
    (
        "a path with an id in it",
        re.compile(rf"(?:https?://[^/]+)?/(?:[^?]*/)?{_ID}(?:[/?].*)?|/[^?]*\?.*"),
        "write the route, `/users/{id}`, not the path that was asked for",
    ),
    ("a hash or token", re.compile(r"(?=.*[0-9])(?=.*[a-f])[0-9a-f]{16,}|eyJ[\w-]+\..*"), ""),
    ("a long number, such as an id or a time", re.compile(r"[0-9]{6,}"), ""),
)
_LENGTH = 200
_PARTS = frozenset({"le", "quantile"})
_SMELLS = re.compile(
    r"(?:^|_)(?:id|uid|uuid|guid|user|email|mail|ip|client|session|request|trace|token|key|path"
    r"|url|uri|route|endpoint|handler)(?:_|$)"
)
# A few machines' parts have ids, too; they do not grow in number.
_FIXED = re.compile(r"(?:^|_)(?:gpu|device|disk|node|version|revision|commit|sha|digest)(?:_|$)")


def _check(family: Family, scope: Scope) -> Iterator[Found]:
    del scope
    if family.kind == "info" or family.exposed.endswith("_info"):
        return  # one series, made to hold such values
    for label, values in _values(family).items():
        if not _FIXED.search(label.lower()):
            yield from _label(family, label, values)


def _values(family: Family) -> dict[str, dict[str, int]]:
    """Return the line in which each value of each label stands first."""
    found: dict[str, dict[str, int]] = {}
    for sample in family.samples:
        for label, value in sample.labels.items():
            if label not in _PARTS:
                found.setdefault(label, {}).setdefault(value, sample.line)
    return found


def _label(family: Family, label: str, values: dict[str, int]) -> Iterator[Found]:
    for look, pattern, hint in _LOOKS:
        like = [value for value in values if len(value) <= _LENGTH and pattern.fullmatch(value)]
        # One number may be a size; two, or a label called user, are not.
        if len(like) > 1 or (like and (_SMELLS.search(label.lower()) or "@" in like[0])):
            yield Found(
                f"the label {label} of {family.exposed} holds {look}: {like[0]!r}",
                hint or f"leave {label} out: each new value is a new series, for ever",
                line=values[like[0]],
            )
            return
    for value, line in values.items():
        if len(value) > _LENGTH:
            yield Found(
                f"a value of the label {label} of {family.exposed} has {len(value):,} characters",
                "write a short word from a short list; texts belong in logs",
                line=line,
            )
            return


RULE = Rule(
    title="A label holds no ids, addresses, hashes, paths or texts.", check=_check, naming=False
)
