"""Switches that break a module for real, so that its alerts can be seen to fire.

They exist only where MODULES_SWITCHES=1 asks for them, and answer this machine alone.
"""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from ipaddress import ip_address

from fastapi import APIRouter, Depends, HTTPException, Request

VARIABLE = "MODULES_SWITCHES"


@dataclass(frozen=True)
class Fault:
    """One thing that can be broken.

    Args:
        what: What happens, in a sentence.
        on: Breaks it.
        off: Mends it.
    """

    what: str
    on: Callable[[], None]
    off: Callable[[], None]


class Repeated:
    """Does something again and again, from a thread, while it is on.

    Args:
        deed: What; an exception of its does not end it.
        every: Seconds between two deeds.
    """

    def __init__(self, deed: Callable[[], None], every: float) -> None:
        self._deed = deed
        self._every = every
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def on(self) -> None:
        """Begin."""
        if self._thread is None:
            self._stop.clear()
            self._thread = threading.Thread(target=self._run, daemon=True)
            self._thread.start()

    def off(self) -> None:
        """End after the deed under way."""
        if self._thread is not None:
            self._stop.set()
            self._thread.join()
            self._thread = None

    def _run(self) -> None:
        while not self._stop.wait(self._every):
            self._deed()


def router(faults: Mapping[str, Fault]) -> APIRouter:
    """Return `POST /break/{fault}` and `DELETE /break/{fault}`.

    Args:
        faults: What can be broken, by name.
    """
    routes = APIRouter(prefix="/break", dependencies=[Depends(_from_here)])
    active: set[str] = set()

    @routes.get("")
    def show() -> dict[str, object]:
        """Say which faults there are and which are on."""
        return {"faults": {name: each.what for name, each in faults.items()}, **_told(active)}

    @routes.post("/{name}")
    def on(name: str) -> dict[str, object]:
        """Break one thing; one that is broken stays so."""
        fault = _known(name, faults)
        if name not in active:
            active.add(name)
            fault.on()
        return _told(active)

    @routes.delete("/{name}")
    def off(name: str) -> dict[str, object]:
        """Mend one thing."""
        fault = _known(name, faults)
        if name in active:
            active.discard(name)
            fault.off()
        return _told(active)

    return routes


def _told(active: set[str]) -> dict[str, object]:
    return {"active": sorted(active)}


def _known(name: str, faults: Mapping[str, Fault]) -> Fault:
    if name not in faults:
        raise HTTPException(404, f"no fault {name!r}; there are {', '.join(faults)}")
    return faults[name]


def _from_here(request: Request) -> None:
    host = request.client.host if request.client else ""
    if not ip_address(host or "0.0.0.0").is_loopback:  # noqa: S104 - a test for no address
        raise HTTPException(403, "faults can be switched from this machine only")
