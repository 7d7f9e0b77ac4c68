"""A name that is nearly one that alerts and dashboards know."""

import difflib
from collections.abc import Iterator

from vedette.exposition.nouns import Family
from vedette.lint.rule import Found, Rule, Scope

_NEAR = 0.93  # one letter, or a plural


def _check(family: Family, scope: Scope) -> Iterator[Found]:
    name = family.exposed
    if name in scope.declared or not family.samples:
        return
    alike = [one for one in scope.declared if abs(len(one) - len(name)) <= 3]  # noqa: PLR2004 - else not near
    for near in difflib.get_close_matches(name, alike, n=1, cutoff=_NEAR):
        yield Found(
            f"no pack knows {name}; did you mean {near}?",
            f"rename it to {near}, and its alerts and panels work",
            level="info",
        )


RULE = Rule(title="A name is not almost one that packs know.", check=_check, naming=False)
