import gc

from vedette.sdk import leaving
from vedette.sdk.monitor import Monitor


class Thing:
    """Something that was begun, and remembers how it was told to end."""

    def __init__(self) -> None:
        self.told: list[bool] = []

    def leave(self, monitor: Monitor, *, failed: bool) -> None:
        """Remember it."""
        del monitor
        self.told.append(failed)


def test_what_is_open_is_told_and_what_was_closed_is_not():
    still, over = Thing(), Thing()
    for thing in (still, over):
        leaving.opened(thing)
    leaving.closed(over)
    leaving.leaves(Monitor(isolated=True), failed=True)
    assert (still.told, over.told) == ([True], [])
    leaving.closed(still)


def test_what_nobody_holds_any_more_is_forgotten():
    before = len(leaving._open)
    leaving.opened(Thing())
    gc.collect()
    assert len(leaving._open) == before
