"""A name does not repeat its type."""

from collections.abc import Iterator

from vedette.exposition.nouns import Family
from vedette.lint.naming import TYPES, rename
from vedette.lint.rule import Found, Rule, Scope


def _check(family: Family, scope: Scope) -> Iterator[Found]:
    del scope
    for word in family.exposed.lower().split("_")[1:]:
        if word in TYPES:
            yield Found(f"{family.exposed} has the type {word!r} in its name", rename(family))
            return


RULE = Rule(title="A name does not include a type.", check=_check)
