"""Labels that the scrape sets itself."""

from collections.abc import Iterator

from vedette.exposition.nouns import Family
from vedette.lint.rule import Found, Rule, Scope

_TAKEN = ("job", "instance", "module", "service", "owner")


def _check(family: Family, scope: Scope) -> Iterator[Found]:
    del scope
    for label in _TAKEN:
        line = next((one.line for one in family.samples if label in one.labels), 0)
        if line:
            yield Found(
                f"the label {label} of {family.exposed} is one that the scrape sets",
                f"call it something else: Prometheus stores it as exported_{label}",
                line=line,
            )


RULE = Rule(title="A metric leaves the labels of the scrape alone.", check=_check)
