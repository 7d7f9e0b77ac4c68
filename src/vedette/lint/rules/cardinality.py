"""Few label sets."""

from collections.abc import Iterator

from vedette.exposition.nouns import Family
from vedette.lint.rule import Found, Rule, Scope

# Prometheus' own advice: analysis by more than a hundred label sets belongs elsewhere.
# https://prometheus.io/docs/practices/instrumentation/#do-not-overuse-labels
MANY = 100
TOO_MANY = 1000
_PARTS = frozenset({"le", "quantile"})


def _check(family: Family, scope: Scope) -> Iterator[Found]:
    del scope
    if len(family.samples) <= MANY:
        return
    sets: set[tuple[tuple[str, str], ...]] = set()
    values: dict[str, set[str]] = {}
    for sample in family.samples:
        pairs = tuple(sorted(each for each in sample.labels.items() if each[0] not in _PARTS))
        if pairs not in sets:
            sets.add(pairs)
            for label, value in pairs:
                values.setdefault(label, set()).add(value)
    if len(sets) <= MANY:
        return
    label = max(values, key=lambda name: len(values[name]))
    limit = TOO_MANY if len(sets) > TOO_MANY else MANY
    yield Found(
        f"{family.exposed} has {len(sets):,} label sets, more than {limit:,}; "
        f"the label {label} alone has {len(values[label]):,} values",
        f"leave {label} out, or give it a few groups as values; details belong in logs and traces",
        level="error" if limit == TOO_MANY else "warning",
    )


RULE = Rule(title="A metric has at most a hundred label sets.", check=_check, naming=False)
