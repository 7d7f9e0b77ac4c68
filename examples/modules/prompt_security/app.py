"""The HTTP side of prompt security."""

from typing import Annotated, Any

from fastapi import FastAPI, Query, Request, Response
from pydantic import BaseModel

from common import serve
from common.limits import Limiter
from prompt_security.audit import Audit
from prompt_security.rules import inspect
from vedette import Module
from vedette.sdk.monitor import Monitor, default_monitor

# Per caller; the prompt manager asks for all of its own callers.
PER_SECOND, BURST = 50.0, 100.0


class Text(BaseModel):
    """What is to be judged."""

    text: str


def create_app(*, monitor: Monitor | None = None) -> FastAPI:
    """Return the application.

    Args:
        monitor: Whose instruments; the process's own unless given.
    """
    monitor = monitor or default_monitor()
    audited = Monitor(isolated=True)
    audit = Audit(Module("prompt_audit", monitor=audited))
    app = serve.application("Prompt security", {"audit": audit.intact}, monitor)
    _add_validation(app, Module("prompt_security", monitor=monitor), audit)
    _add_audit(app, audit, audited)
    return app


def _add_validation(app: FastAPI, module: Module, audit: Audit) -> None:
    limiter = Limiter(PER_SECOND, BURST)

    @app.post("/validate")
    def validate(wish: Text, request: Request) -> dict[str, Any]:
        """Judge a prompt."""
        module.requested(operation="validate")
        if seconds := limiter.wait(serve.caller(request)):
            module.rate_limited(operation="validate")
            raise serve.TooOftenError(seconds)
        with module.operation("validate"):
            findings = inspect(wish.text)
        passed, types = not findings, tuple(dict.fromkeys(each.type for each in findings))
        module.security(passed=passed, injection=types[0] if types else "", operation="validate")
        entry = audit.append(wish.text, passed=passed, types=types)
        return {
            "passed": passed,
            "findings": [vars(finding) for finding in findings],
            "entry": entry.number,
        }


def _add_audit(app: FastAPI, audit: Audit, monitor: Monitor) -> None:
    @app.get("/audit")
    def show(count: Annotated[int, Query(ge=1, le=100)] = 20) -> dict[str, Any]:
        """Return the last verdicts, and whether nobody changed them."""
        return {"intact": audit.intact(), "last": [vars(entry) for entry in audit.last(count)]}

    @app.get("/audit/metrics", include_in_schema=False)
    def metrics(request: Request) -> Response:
        told = monitor.expose(request.headers.get("accept", ""))
        return Response(told.body, headers={"content-type": told.content_type})
