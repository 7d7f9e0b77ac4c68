"""Values are in base units: seconds, bytes, metres."""

from collections.abc import Iterator

from vedette.exposition.nouns import Family
from vedette.lint.naming import rename
from vedette.lint.rule import Found, Rule, Scope
from vedette.lint.units import units

_MONEY_OR_WEIGHT = "pounds"
_MONEY = frozenset({"cost", "price", "spend", "spent", "budget", "revenue", "sales", "fee"})


def _check(family: Family, scope: Scope) -> Iterator[Found]:
    del scope
    for unit in units(family.exposed):
        if unit.short or unit.word == unit.base:
            continue
        if unit.word == _MONEY_OR_WEIGHT and _MONEY.intersection(family.exposed.split("_")):
            yield Found(
                f"{family.exposed} is in pounds, which others take for a weight",
                "nothing to do, if it is money; a label `currency` leaves no doubt",
                level="info",
            )
        else:
            yield Found(
                f"{family.exposed} is in {unit.word}; the base unit is {unit.base}",
                rename(family, unit.conversion),
            )
        return


RULE = Rule(title="A metric is in a base unit, without a prefix.", check=_check)
