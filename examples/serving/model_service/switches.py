"""The address at which the faults are switched; it answers this machine alone."""

from ipaddress import ip_address
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Path, Request

from model_service.faults import NAMES, Faults


def router(faults: Faults) -> APIRouter:
    """Return `POST /break/{fault}`, `DELETE /break/{fault}` and `POST /break/none`.

    Args:
        faults: What is switched.
    """
    routes = APIRouter(prefix="/break", dependencies=[Depends(_from_here)])
    known = Annotated[str, Path(description="; ".join(f"{k}: {v}" for k, v in NAMES.items()))]

    @routes.get("")
    def show() -> dict[str, object]:
        """Say which faults there are and which are on."""
        return {"faults": dict(NAMES), "active": faults.active}

    @routes.post("/none")
    def mend_all() -> dict[str, object]:
        """Mend everything."""
        faults.none()
        return {"active": faults.active}

    @routes.post("/{name}")
    def on(name: known) -> dict[str, object]:
        """Break one thing."""
        _check(name)
        faults.on(name)
        return {"active": faults.active}

    @routes.delete("/{name}")
    def off(name: known) -> dict[str, object]:
        """Mend one thing."""
        _check(name)
        faults.off(name)
        return {"active": faults.active}

    return routes


def _check(name: str) -> None:
    if name not in NAMES:
        raise HTTPException(404, f"no fault {name!r}; there are {', '.join(NAMES)} and none")


def _from_here(request: Request) -> None:
    host = request.client.host if request.client else ""
    if not ip_address(host or "0.0.0.0").is_loopback:  # noqa: S104 - a test for no address
        raise HTTPException(403, "faults can be switched from this machine only")
