"""Every metric says what it measures."""

from collections.abc import Iterator

from vedette.exposition.nouns import Family
from vedette.lint.rule import Found, Rule, Scope


def _check(family: Family, scope: Scope) -> Iterator[Found]:
    if family.help:
        return
    known = scope.declared.get(family.exposed)
    text = known.help if known else "what it counts or measures, in one sentence"
    yield Found(
        f"{family.exposed} has no help text", f"add `# HELP {family.name} {text}`", line=family.line
    )


RULE = Rule(title="Every metric has a help text.", check=_check, naming=False)
