"""Colons are for recording rules."""

from collections.abc import Iterator

from vedette.exposition.nouns import Family
from vedette.lint.naming import rename
from vedette.lint.rule import Found, Rule, Scope


def _check(family: Family, scope: Scope) -> Iterator[Found]:
    del scope
    if ":" in family.exposed:
        yield Found(
            f"{family.exposed} has a colon, which is for the names of recording rules",
            rename(family),
        )


RULE = Rule(title="A name has no colon.", check=_check)
