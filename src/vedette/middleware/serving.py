"""Whether this process serves its metrics as a page of its own application."""

import threading

_served = threading.Event()


def will_serve() -> None:
    """Note that an application of this process, or of its workers, serves the metrics."""
    _served.set()


def is_served() -> bool:
    """Say whether anybody noted so."""
    return _served.is_set()
