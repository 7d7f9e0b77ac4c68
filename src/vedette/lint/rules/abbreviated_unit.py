"""Units are written out."""

from collections.abc import Iterator

from vedette.exposition.nouns import Family
from vedette.lint.naming import rename
from vedette.lint.rule import Found, Rule, Scope
from vedette.lint.units import units


def _check(family: Family, scope: Scope) -> Iterator[Found]:
    del scope
    for unit in units(family.exposed.lower()):
        if unit.short:
            yield Found(
                f"{family.exposed} abbreviates its unit to {unit.word!r}",
                rename(family, unit.conversion),
            )


RULE = Rule(title="The unit in a name is written out.", check=_check)
