"""Who has something to say before the values of a program leave it for the last time."""

from typing import Protocol
from weakref import WeakSet

from vedette.sdk.monitor import Monitor


class Open(Protocol):
    """Something that was begun on a monitor, and is to end with the values that leave it."""

    def leave(self, monitor: Monitor, *, failed: bool) -> None:
        """End, where it records on this monitor."""


# Held by whoever began them; what nobody holds any more needs no end.
_open: "WeakSet[Open]" = WeakSet()


def opened(thing: Open) -> None:
    """Let `thing` know before values leave."""
    _open.add(thing)


def closed(thing: Open) -> None:
    """Forget `thing`: it ended by itself."""
    _open.discard(thing)


def leaves(monitor: Monitor, *, failed: bool) -> None:
    """Tell all that is open that the values of a monitor leave now.

    Args:
        monitor: Whose values.
        failed: Whether what is left was cut short by a fault.
    """
    for thing in list(_open):
        thing.leave(monitor, failed=failed)
