"""Shares are ratios from 0 to 1."""

from collections.abc import Iterator

from vedette.exposition.nouns import Family
from vedette.lint.naming import rename
from vedette.lint.rule import Found, Rule, Scope
from vedette.lint.units import PERCENT


def _check(family: Family, scope: Scope) -> Iterator[Found]:
    del scope
    words = family.exposed.lower().split("_")
    if found := next((word for word in words if word in PERCENT), ""):
        yield Found(
            f"{family.exposed} is called a {found}; Prometheus' shares are ratios from 0 to 1",
            rename(family, "divide each value by 100"),
        )


RULE = Rule(title="A share is a ratio from 0 to 1, not a percentage.", check=_check)
