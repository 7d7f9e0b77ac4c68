"""What a plan can refer to: the components and packs that are installed."""

from collections.abc import Mapping
from dataclasses import dataclass

from vedette import packs, stack
from vedette.discover import discover
from vedette.model.component import Component
from vedette.model.pack import Pack


@dataclass(frozen=True, kw_only=True)
class Registry:
    """Components and packs by name."""

    components: Mapping[str, Component]
    packs: Mapping[str, Pack]


def installed() -> Registry:
    """Return everything that is installed.

    Raises:
        DiscoveryError: a component or a pack does not define what its folder promises.
    """
    return Registry(
        components=discover(stack, "COMPONENT", Component),
        packs=discover(packs, "PACK", Pack),
    )
