"""What a pack adds for each module that follows it: a pack of its own, named after both."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from vedette.errors import DeclarationError
from vedette.model.dashboard import Link
from vedette.model.pack import Pack
from vedette.planfile import schema
from vedette.planfile.document import Path
from vedette.planfile.scope import Scope

_BETWEEN = "-"  # no folder of a pack can have it in its name
_OF_A_NAME = 2  # parts of the path of a module's own name: modules, api


def names(keys: schema.Module, path: Path, scope: Scope) -> tuple[str, ...]:
    """Return the names of what the packs of a module add for it: `modules-prompt_manager`.

    Args:
        keys: What the file says of the module.
        path: Where it does.
        scope: The reading; gets a finding for a name of which no metric can be made.
    """
    known = scope.registry.packs
    following = [name for name in keys.packs if name in known and known[name].by_module]
    if keys.prefixes and not following:
        packs = ", ".join(name for name, pack in known.items() if pack.by_module)
        message = "no pack of this module asks what its metrics begin with"
        hint = f"add packs: [{packs}], or remove prefixes"
        scope.at_key("plan-reference", (*path, "prefixes"), message, hint=hint)
    return tuple(
        _name(pack, word)
        for pack in following
        for word, place in _words(keys, path)
        if _fits(pack, word, place=place, scope=scope)
    )


def added(name: str, known: Mapping[str, Pack]) -> Pack | None:
    """Return what a name of `names` stands for; None for another name.

    Args:
        name: `modules-prompt_manager`.
        known: The installed packs.
    """
    pack, _, word = name.partition(_BETWEEN)
    make = known[pack].by_module if pack in known else None
    return make(word) if make and word else None


def linked(packs: Mapping[str, Pack]) -> dict[str, Pack]:
    """Let the pages of a pack lead to those that it adds for modules.

    Args:
        packs: All packs of a plan.
    """
    return {name: _linked(pack, _pages(name, packs)) for name, pack in packs.items()}


def _name(pack: str, word: str) -> str:
    return f"{pack}{_BETWEEN}{word.replace('-', '_')}"


def _words(keys: schema.Module, path: Path) -> Iterable[tuple[str, Path]]:
    """What the metrics of a module begin with, and where the file says so."""
    if not keys.prefixes:
        yield str(path[-1]), path
    for at, word in enumerate(keys.prefixes):
        yield word, (*path, "prefixes", at)


def _fits(pack: str, word: str, *, place: Path, scope: Scope) -> bool:
    make = scope.registry.packs[pack].by_module
    named = len(place) == _OF_A_NAME
    tell = scope.at_key if named else scope.report
    try:
        new = make(word) if make else None
    except DeclarationError as fault:
        other = "; or say what its metrics begin with: prefixes: [...]" if named else ""
        tell("plan-name", place, fault.problem, hint=f"{fault.hint}{other}")
        return False
    own = {metric.name for metric in new.metrics} if new else set()
    for name, known in scope.registry.packs.items():
        if both := sorted(own.intersection(metric.name for metric in known.metrics)):
            message = f"{word!r} would have the metric {both[0]}, which is the pack {name}'s"
            tell("plan-name", place, message, hint="let its metrics begin with another name")
            return False
    return True


def _pages(name: str, packs: Mapping[str, Pack]) -> tuple[Link, ...]:
    return tuple(
        Link(title=page.title, uid=page.uid)
        for other, pack in sorted(packs.items())
        if other.startswith(f"{name}{_BETWEEN}")
        for page in pack.dashboards
    )


def _linked(pack: Pack, links: tuple[Link, ...]) -> Pack:
    if not links:
        return pack
    pages = (replace(page, links=(*page.links, *links)) for page in pack.dashboards)
    return replace(pack, dashboards=tuple(pages))
