"""A program runs and is ready."""

from pydantic import Field

from vedette.verify.outcome import BrokenPromiseError, Evidence, eventually
from vedette.verify.promise import Kind, Promise
from vedette.verify.system import System

READY = "ready"


class ProgramPromise(Promise):
    """A program of the stack, or a service that it runs."""

    program: str = Field(description="Its name, as `vedette status` shows it.")

    def words(self) -> str:
        """Name the program."""
        return f"{self.program} runs and is ready"


def check(promise: ProgramPromise, system: System) -> Evidence:
    """Ask the supervisor."""

    def ready() -> Evidence:
        told = system.program(promise.program)
        if told["state"] != READY:
            seen = f"{promise.program} is {told['state']}: {told.get('detail') or 'no detail'}"
            raise BrokenPromiseError(seen)
        version = told.get("version") or "no version"
        return Evidence(text=f"process {told['pid']}, port {told['port']}, {version}")

    return eventually(ready, promise.within)


KIND = Kind(summary="A program runs and is ready.", promise=ProgramPromise, check=check)
