"""No series twice."""

from collections.abc import Iterator

from vedette.exposition.nouns import Family
from vedette.lint.rule import Found, Rule, Scope


def _check(family: Family, scope: Scope) -> Iterator[Found]:
    del scope
    seen: dict[tuple[object, ...], int] = {}
    for sample in family.samples:
        key = (sample.name, *sorted(sample.labels.items()), sample.timestamp)
        first = seen.setdefault(key, sample.line)
        if first != sample.line:
            yield Found(
                f"{sample.name} stands twice with the same labels; the first is in line {first}",
                "expose each combination of labels once: Prometheus drops the others",
                level="error",
                line=sample.line,
            )
            return


RULE = Rule(title="No series stands twice.", check=_check, naming=False)
