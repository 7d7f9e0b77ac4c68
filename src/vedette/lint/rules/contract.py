"""A metric that alerts and dashboards know is what they take it for."""

from collections.abc import Iterator

from vedette.exposition.nouns import Family
from vedette.lint.rule import Found, Rule, Scope

# The text format has no word for these two.
_WRITTEN = {"info": "gauge", "stateset": "gauge"}
_PARTS = frozenset({"le", "quantile"})


def _check(family: Family, scope: Scope) -> Iterator[Found]:
    metric = scope.declared.get(family.exposed)
    if metric is None or not family.samples:
        return
    kinds = {metric.kind, _WRITTEN.get(metric.kind, metric.kind)}
    if family.kind not in kinds:
        yield Found(
            f"{family.exposed} is {_a(family.kind)}; alerts and dashboards take it for "
            f"{_a(metric.kind)}",
            f"make it {_a(metric.kind)}, or give it another name",
        )
        return
    carried = {label for sample in family.samples for label in sample.labels} - _PARTS
    # A label may be left out where it is empty; one that is always missing may be misspelt.
    lacking = [label for label in metric.labels if label not in carried]
    foreign = sorted(carried - set(metric.labels))
    if lacking and foreign:
        yield Found(
            f"{family.exposed} has the labels {', '.join(foreign)} where alerts and dashboards "
            f"look for {', '.join(lacking)}",
            f"rename the labels, or leave panels by {', '.join(lacking)} empty",
            level="info",
        )


def _a(kind: str) -> str:
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"


RULE = Rule(
    title="A metric of a name that packs know has the kind and labels that they read.",
    check=_check,
    naming=False,
)
