"""Counters, and only they, end in `_total`."""

from collections.abc import Iterator

from vedette.exposition.nouns import Family
from vedette.lint.naming import rename
from vedette.lint.rule import Found, Rule, Scope


def _check(family: Family, scope: Scope) -> Iterator[Found]:
    del scope
    if family.kind == "untyped":
        return
    ends = family.exposed.endswith("_total")
    if family.kind == "counter" and not ends:
        yield Found(f"the counter {family.exposed} does not end in _total", rename(family))
    elif family.kind != "counter" and ends:
        other = rename(family)
        yield Found(
            f"{family.exposed} ends in _total, but is a {family.kind}",
            f"{other}; or make it a counter, if it only ever grows",
        )


RULE = Rule(title="A counter ends in _total, and nothing else does.", check=_check)
