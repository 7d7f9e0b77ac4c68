"""Points in time are gauges."""

from collections.abc import Iterator

from vedette.exposition.nouns import Family
from vedette.lint.naming import rename
from vedette.lint.rule import Found, Rule, Scope


def _check(family: Family, scope: Scope) -> Iterator[Found]:
    del scope
    if family.kind in {"gauge", "untyped"}:
        return
    if family.exposed.removesuffix("_total").endswith("_timestamp_seconds"):
        yield Found(
            f"{family.exposed} is called a point in time, but is a {family.kind}",
            f"make it a gauge, or {rename(family)}",
        )


RULE = Rule(title="Only a gauge ends in _timestamp_seconds.", check=_check)
