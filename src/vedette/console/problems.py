"""Errors as JSON: `{"problem": …, "hint": …}` with a fitting status."""

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from vedette.errors import VedetteError


class RequestError(VedetteError):
    """A request that cannot be answered as it is.

    Args:
        status: The HTTP status that says so.
        problem: What is wrong, with the value.
        hint: What to do next.
    """

    def __init__(self, status: int, problem: str, *, hint: str) -> None:
        super().__init__(problem, hint=hint)
        self.status = status


class UpstreamError(RequestError):
    """Prometheus or Alertmanager did not answer, or not as they should."""


def answer(error: VedetteError) -> JSONResponse:
    """Return an error as a response."""
    status = error.status if isinstance(error, RequestError) else 500
    return JSONResponse({"problem": error.problem, "hint": error.hint}, status_code=status)


def install(app: FastAPI) -> None:
    """Let every error of the application leave it as JSON."""

    @app.exception_handler(VedetteError)
    async def _known(_: Request, error: VedetteError) -> JSONResponse:
        return answer(error)

    @app.exception_handler(RequestValidationError)
    async def _invalid(_: Request, error: RequestValidationError) -> JSONResponse:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        problem = f"{place}: {first['msg']}"
        return answer(RequestError(422, problem, hint="the fields are in /api/openapi.json"))

    @app.exception_handler(HTTPException)
    async def _http(request: Request, error: HTTPException) -> JSONResponse:
        problem = f"{request.method} {request.url.path}: {error.detail}"
        hint = "the addresses are in /api/openapi.json"
        return answer(RequestError(error.status_code, problem, hint=hint))

    @app.exception_handler(Exception)
    async def _unknown(request: Request, error: Exception) -> JSONResponse:
        problem = f"the console met an error at {request.url.path}: {type(error).__name__}"
        return answer(RequestError(500, problem, hint="its log has the details"))
