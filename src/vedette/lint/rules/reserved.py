"""What histograms and summaries are made of belongs to them alone."""

from collections.abc import Iterator

from vedette.exposition.nouns import Family
from vedette.lint.naming import PARTS, rename
from vedette.lint.rule import Found, Rule, Scope

_LABELS = {"le": "histogram", "quantile": "summary"}


def _check(family: Family, scope: Scope) -> Iterator[Found]:
    del scope
    if family.kind == "untyped":
        return
    for suffix, owners in PARTS.items():
        if family.exposed.endswith(suffix) and family.kind not in owners:
            yield Found(
                f"{family.exposed} ends in {suffix}, but is a {family.kind}", rename(family)
            )
    for label, owner in _LABELS.items():
        line = next((one.line for one in family.samples if label in one.labels), 0)
        if line and owner not in family.kind:
            yield Found(
                f"{family.exposed} has the label {label!r}, but is a {family.kind}",
                f"call the label something else; {label!r} is for a {owner} alone",
                line=line,
            )


RULE = Rule(
    title="Suffixes and labels of histograms and summaries stand on nothing else.", check=_check
)
