"""The modules of a plan file, and the packs that a plan uses."""

import re
from collections.abc import Mapping

from vedette.model.module import Module, Run
from vedette.model.pack import Pack
from vedette.planfile import additions, schema
from vedette.planfile.document import Path
from vedette.planfile.scope import Scope

_NAME = re.compile(r"[a-z][a-z0-9_-]*\Z")
_TAKEN_LABELS = frozenset({"job", "instance", "module", "owner", "stack", "le", "quantile"})


def modules(given: Mapping[str, schema.Module], scope: Scope) -> tuple[Module, ...]:
    """Return the user's services, in the order of the file.

    Args:
        given: By name, as the file has them.
        scope: The reading; gets the findings.
    """
    return tuple(_module(name, keys, scope) for name, keys in given.items())


def packs(
    services: tuple[Module, ...], components: tuple[str, ...], scope: Scope
) -> dict[str, Pack]:
    """Return the packs in use: those for every plan, of the components and of the modules.

    What a pack adds for a module that follows it stands beside it, as a pack of its own.

    Args:
        services: The user's services.
        components: Names of the components that run.
        scope: The reading.
    """
    known = scope.registry.packs
    used = {name for name, pack in known.items() if pack.always}
    used |= {pack for service in services for pack in service.packs}
    described = scope.registry.components
    used |= {described[name].pack for name in components if name in described}
    found = {name: known.get(name) or additions.added(name, known) for name in sorted(used)}
    return additions.linked({name: pack for name, pack in found.items() if pack is not None})


def _module(name: str, keys: schema.Module, scope: Scope) -> Module:
    path: Path = ("modules", name)
    _check_name(name, path, scope)
    for at, pack in enumerate(keys.packs):
        if pack not in scope.registry.packs:
            scope.reference((*path, "packs", at), f"pack {pack!r}", scope.registry.packs)
    for label in sorted(_TAKEN_LABELS.intersection(keys.labels)):
        message = f"the label {label!r} is set by the stack itself"
        hint = "choose another name" if label != "owner" else "use the key owner instead"
        scope.at_key("plan-label", (*path, "labels", label), message, hint=hint)
    return Module(
        name=name,
        targets=tuple(keys.targets),
        packs=tuple(dict.fromkeys([*keys.packs, *additions.names(keys, path, scope)])),
        owner=keys.owner,
        labels=keys.labels,
        path=keys.path,
        scheme=keys.scheme,
        scrape_interval=keys.scrape_interval or "",
        run=_run(keys.run, (*path, "run"), scope) if keys.run else None,
    )


def _check_name(name: str, path: Path, scope: Scope) -> None:
    if not _NAME.match(name):
        message = f"{name!r} is not a module name"
        hint = "a lower-case letter, then lower-case letters, digits, _ and -"
        scope.at_key("plan-name", path, message, hint=hint)
    if name in scope.registry.components:
        message = f"{name!r} is the name of a program of the stack"
        scope.at_key("plan-name", path, message, hint="choose another name")


def _run(keys: schema.Run, path: Path, scope: Scope) -> Run:
    folder = scope.file(keys.folder)
    if not folder.is_dir():
        message = f"the folder {folder} is not there"
        hint = "paths are relative to the plan file; create it, or correct it"
        scope.report("plan-path", (*path, "folder"), message, hint=hint)
    return Run(
        command=tuple(keys.command),
        folder=folder,
        environment=keys.environment,
        ready=keys.ready or "",
    )
