"""Every rule, applied to everything that is exposed."""

from collections.abc import Iterator
from dataclasses import replace

from vedette.discover import discover
from vedette.exposition.nouns import Exposition, Family
from vedette.lint import rules
from vedette.lint.ours import Names
from vedette.lint.rule import Found, Rule, Scope
from vedette.model.finding import Finding, Level


def lint(
    exposition: Exposition, names: Names, *, source: str = "", module: str = ""
) -> list[Finding]:
    """Return what there is to say, in the order of the text.

    Args:
        exposition: What is exposed.
        names: What is known already.
        source: The file or address that it came from.
        module: What the names of the module's metrics should begin with; empty for any.

    Raises:
        DiscoveryError: a rule's module does not define it.
    """
    known = discover(rules, "RULE", Rule)
    scope = Scope(module=module, declared=names.declared)
    findings = list(_syntax(exposition, source))
    for family in exposition.families.values():
        scoped = replace(scope, module="") if names.owner(family.exposed) else scope
        for name, rule in known.items():
            for found in rule.check(family, scoped):
                told = _told(found, family.exposed, rule, names=names)
                findings.append(_finding(name, family, told, source=source))
    return sorted(findings, key=lambda one: (one.line, one.rule))


def _told(found: Found, name: str, rule: Rule, *, names: Names) -> Found:
    """Make information of what nobody here can change."""
    if found.level != "warning":
        return found
    if owner := names.owner(name):
        reason, hint = f"the name is that of {owner}", f"nothing to do: {owner} exposes it so"
    elif rule.naming and (reason := names.keeper(name)):
        hint = "nothing to do: the name is kept"
    else:
        return found
    return found._replace(level="info", message=f"{found.message} ({reason})", hint=hint)


def _finding(rule: str, family: Family, found: Found, *, source: str) -> Finding:
    return Finding(
        rule=f"lint-{rule.replace('_', '-')}",
        level=found.level,
        subject=family.exposed,
        message=found.message,
        hint=found.hint,
        file=source,
        line=found.line or family.line,
    )


def _syntax(exposition: Exposition, source: str) -> Iterator[Finding]:
    lost = "Prometheus refuses the whole answer because of it; let a client library write it"
    kept = "some readers refuse it; let a client library write it"
    for problem in exposition.problems:
        level: Level = "error" if problem.lost else "warning"
        yield Finding(
            rule="lint-syntax",
            level=level,
            subject=source,
            message=problem.message,
            hint=lost if problem.lost else kept,
            file=source,
            line=problem.line,
            column=problem.column,
        )
