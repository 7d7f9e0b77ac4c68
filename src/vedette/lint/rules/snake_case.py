"""Names of metrics and labels are in snake_case."""

from collections.abc import Iterator

from vedette.exposition.nouns import Family
from vedette.lint.naming import CAMEL, rename, snake
from vedette.lint.rule import Found, Rule, Scope


def _check(family: Family, scope: Scope) -> Iterator[Found]:
    del scope
    if CAMEL.search(family.exposed):
        yield Found(f"{family.exposed} is in camelCase", rename(family))
    told: set[str] = set()
    for sample in family.samples:
        for label in sample.labels:
            if label not in told and CAMEL.search(label):
                told.add(label)
                yield Found(
                    f"the label {label} of {family.exposed} is in camelCase",
                    f"rename the label to {snake(label)}",
                    line=sample.line,
                )


RULE = Rule(title="Metrics and labels are in snake_case.", check=_check)
