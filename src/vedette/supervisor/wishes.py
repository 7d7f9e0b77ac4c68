"""What the command line changes about a plan."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from vedette import packs, stack
from vedette.discover import discover, load, names
from vedette.errors import UsageError
from vedette.model.component import Component
from vedette.model.pack import Pack
from vedette.model.plan import Plan
from vedette.process import ports


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """The options of `vedette up` that a later `vedette reload` must keep.

    Args:
        file: The plan file; empty where it was looked for.
        added: Components to run as well.
        left_out: Components not to run.
        automatic: True picks free ports.
        offline: True forbids the network.
    """

    file: str = ""
    added: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    automatic: bool = False
    offline: bool = False

    @classmethod
    def recorded(cls, value: Mapping[str, Any] | None) -> "Wishes":
        """Read what the supervisor's record holds of them."""
        told = dict(value or {})
        for name in ("added", "left_out"):
            told[name] = tuple(told.get(name, ()))
        return cls(**told)


@dataclass(frozen=True, kw_only=True)
class Adjusted:
    """A plan with the wishes applied.

    Args:
        plan: The plan.
        components: The description of each component that it runs.
    """

    plan: Plan
    components: Mapping[str, Component] = field(default_factory=dict)


def adjust(plan: Plan, wishes: Wishes, known_ports: Mapping[str, int]) -> Adjusted:
    """Apply the wishes of the command line to a plan.

    Args:
        plan: As the file says.
        wishes: The options.
        known_ports: Ports that automatic ones keep, as those of a stack that runs.

    Raises:
        UsageError: a wish names no component.
    """
    every = discover(stack, "COMPONENT", Component)
    for name in (*wishes.added, *wishes.left_out):
        if name not in every:
            problem = f"there is no component {name!r}"
            raise UsageError(problem, hint="there are " + ", ".join(names(stack)))
    running = tuple(sorted(({*plan.components, *wishes.added}) - set(wishes.left_out)))
    chosen = {name: every[name] for name in running}
    planned = {name: plan.ports.get(name, every[name].port) for name in running}
    numbers = _free(planned, plan.listen, known_ports) if wishes.automatic else planned
    followed = _packs(plan, every, running)
    changed = replace(
        plan,
        components=running,
        ports=numbers,
        packs=followed,
        thresholds={**_defaults(followed), **plan.thresholds},
        metrics={name: each.metrics for name, each in chosen.items() if each.metrics},
        open_components=tuple(name for name, each in chosen.items() if not each.guarded),
    )
    return Adjusted(plan=changed, components=chosen)


def digest(files: Mapping[str, str]) -> str:
    """Return a digest of rendered files that changes when one of them does."""
    parts = (f"{name}\0{text}\0" for name, text in sorted(files.items()))
    return hashlib.sha256("".join(parts).encode(errors="surrogateescape")).hexdigest()


def _free(planned: Mapping[str, int], listen: str, known: Mapping[str, int]) -> dict[str, int]:
    chosen: dict[str, int] = {name: known[name] for name in planned if name in known}
    for name in planned:
        while name not in chosen:
            port = ports.free(listen)
            if port not in chosen.values():
                chosen[name] = port
    return chosen


def _defaults(used: Mapping[str, Pack]) -> dict[str, float]:
    return {limit.name: limit.default for pack in used.values() for limit in pack.thresholds}


def _packs(
    plan: Plan, every: Mapping[str, Component], running: tuple[str, ...]
) -> Mapping[str, Pack]:
    """Follow the components: a pack without the program that feeds it would be blind."""
    fed = {every[name].pack for name in running} - {""}
    used = {pack for module in plan.modules for pack in module.packs}
    blind = {component.pack for component in every.values()} - fed - used
    kept = {name: pack for name, pack in plan.packs.items() if name not in blind}
    return kept | {
        name: load(packs, name, constant="PACK", kind=Pack) for name in sorted(fed - set(kept))
    }
