"""How a module is served: its health, its metrics, its command line."""

import argparse
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

from common import faults
from vedette import settings
from vedette.integrations.fastapi import instrument
from vedette.sdk.monitor import Monitor

VERSION = "1.0.0"
CALLER = "x-caller"
UNAVAILABLE = 503
TOO_MANY = 429

Checks = Mapping[str, Callable[[], bool]]


class TooOftenError(Exception):
    """A caller must wait.

    Args:
        seconds: How long.
    """

    def __init__(self, seconds: float) -> None:
        super().__init__(f"too many requests; try again in {seconds:.1f} s")
        self.seconds = seconds


def application(title: str, checks: Checks, monitor: Monitor) -> FastAPI:
    """Return an application with its health and metrics, to which a module adds its own.

    Args:
        title: What it is.
        checks: What must hold for it to work, by name.
        monitor: Whose instruments.
    """
    app = FastAPI(title=title, version=VERSION)
    instrument(app, monitor=monitor)

    @app.get("/")
    @app.get("/health")
    def health() -> JSONResponse:
        """Judge every part of the module."""
        told = {name: "ok" if holds() else "failing" for name, holds in checks.items()}
        well = set(told.values()) <= {"ok"}
        body = {
            "service": title,
            "status": "ok" if well else "degraded",
            "timestamp": datetime.now(UTC).isoformat(),
            "version": VERSION,
            "checks": told,
        }
        return JSONResponse(body, 200 if well else UNAVAILABLE)

    @app.get("/ready")
    def ready() -> dict[str, bool]:
        """Say that requests may be sent here."""
        return {"ready": True}

    @app.exception_handler(TooOftenError)
    async def too_often(_: Request, error: TooOftenError) -> JSONResponse:
        wait = {"retry-after": f"{error.seconds:.0f}"}
        return JSONResponse({"detail": str(error)}, TOO_MANY, headers=wait)

    return app


def caller(request: Request) -> str:
    """Return who asks: the name that they give, else their address."""
    given = request.headers.get(CALLER)
    return given or (request.client.host if request.client else "nobody")


def breakable() -> bool:
    """True where the environment asks for the switches that break a module."""
    return settings.environment(faults.VARIABLE) == "1"


def serve(name: str, app: FastAPI) -> None:
    """Read `--listen` from the command line and serve until told to stop.

    Args:
        name: Of the module, as `python -m` knows it.
        app: What is served.
    """
    parser = argparse.ArgumentParser(prog=name, description=app.title)
    parser.add_argument("--listen", required=True, metavar="HOST:PORT")
    host, _, port = parser.parse_args().listen.rpartition(":")
    uvicorn.run(app, host=host, port=int(port), access_log=False)
