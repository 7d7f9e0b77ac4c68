"""The metrics of a module begin with its name."""

from collections.abc import Iterator

from vedette.exposition.nouns import Family
from vedette.lint.naming import better
from vedette.lint.rule import Found, Rule, Scope


def _check(family: Family, scope: Scope) -> Iterator[Found]:
    name, wanted = family.exposed, f"{scope.module}_"
    if not scope.module or name.startswith(wanted) or name in scope.declared:
        return
    yield Found(
        f"{name} does not begin with {wanted}, as the metrics of the module should",
        f"rename it to {wanted}{better(name, family.kind)}",
    )


RULE = Rule(title="The metrics of a module begin with its name.", check=_check)
