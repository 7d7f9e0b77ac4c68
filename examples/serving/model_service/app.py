"""The HTTP side of the service."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import Body, FastAPI, Query, Request
from fastapi.responses import JSONResponse

from model_service import switches
from model_service.measures import Measures
from model_service.service import NotLoadedError, RefusedError, Service
from vedette.integrations.fastapi import instrument
from vedette.sdk.monitor import Monitor, default_monitor

VERSION = "1.0.0"
DEFAULT_LENGTH = 40
UNPROCESSABLE = 422
UNAVAILABLE = 503


def create_app(*, breakable: bool = False, monitor: Monitor | None = None) -> FastAPI:
    """Return the application.

    Args:
        breakable: True adds the switches that break it.
        monitor: Whose instruments; the process's own unless given.
    """
    monitor = monitor or default_monitor()
    service = Service(Measures(monitor))

    @asynccontextmanager
    async def life(_: FastAPI) -> AsyncIterator[None]:
        service.start()
        yield
        service.stop()

    app = FastAPI(title="A model service", version=VERSION, lifespan=life)
    app.state.service = service
    instrument(app, monitor=monitor)
    _add_models(app, service)
    _add_health(app, service)
    _add_errors(app)
    if breakable:
        app.include_router(switches.router(service.faults))
    return app


def _add_models(app: FastAPI, service: Service) -> None:
    @app.post("/infer")
    def infer(
        prompt: str,
        length: Annotated[int, Query(description="Characters to write.")] = DEFAULT_LENGTH,
    ) -> dict[str, Any]:
        """Let the language model go on from `prompt`."""
        written = service.write(prompt, length)
        return {
            "prompt": prompt,
            "output": written.text,
            "tokens": {"prompt": len(prompt), "completion": written.tokens},
            "confidence": round(written.confidence, 4),
        }

    @app.post("/classify")
    def classify(pixels: Annotated[list[float] | None, Body(embed=True)] = None) -> dict[str, Any]:
        """Say which digit an image shows; without `pixels`, one of the images held back."""
        truth: int | None = None
        if pixels is None:
            pixels, truth = service.sample()
        seen = service.classify(pixels)
        return {"digit": seen.digit, "confidence": round(seen.confidence, 4), "truth": truth}


def _add_health(app: FastAPI, service: Service) -> None:
    @app.get("/")
    def summary() -> dict[str, Any]:
        """Say in one line how the service does."""
        checks = service.health()
        return {
            "service": app.title,
            "status": _status(checks),
            "models": {name: checks[name] for name in ("language_model", "classifier")},
            "uptime_seconds": round(service.uptime_seconds(), 1),
        }

    @app.get("/health")
    def health() -> JSONResponse:
        """Judge every part of the service."""
        checks = service.health()
        body = {
            "status": _status(checks),
            "timestamp": datetime.now(UTC).isoformat(),
            "version": VERSION,
            "checks": checks,
        }
        return JSONResponse(body, 200 if body["status"] == "ok" else UNAVAILABLE)

    @app.get("/ready")
    def ready() -> JSONResponse:
        """Say whether requests may be sent here."""
        ok = service.health()["language_model"] == "ok"
        return JSONResponse({"ready": ok}, 200 if ok else UNAVAILABLE)

    @app.get("/live")
    def live() -> dict[str, bool]:
        """Say that the process answers."""
        return {"live": True}


def _add_errors(app: FastAPI) -> None:
    @app.exception_handler(RefusedError)
    async def refused(_: Request, error: RefusedError) -> JSONResponse:
        return JSONResponse({"detail": error.complaints}, UNPROCESSABLE)

    @app.exception_handler(NotLoadedError)
    async def not_loaded(_: Request, error: NotLoadedError) -> JSONResponse:
        return JSONResponse({"detail": str(error)}, UNAVAILABLE)


def _status(checks: dict[str, str]) -> str:
    return "ok" if set(checks.values()) == {"ok"} else "degraded"
