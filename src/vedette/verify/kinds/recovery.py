"""A program that dies is started again by itself."""

import time
from typing import Annotated

from pydantic import AfterValidator, Field

from vedette.verify import actions
from vedette.verify.kinds.program import READY
from vedette.verify.outcome import BrokenPromiseError, Evidence, eventually
from vedette.verify.promise import Kind, Phase, Promise
from vedette.verify.system import System


class RecoveryPromise(Promise):
    """A program and what kills it."""

    recovery: str = Field(description="The program's name, as `vedette status` shows it.")
    cause: Annotated[str, AfterValidator(actions.check)] = Field(
        description="What kills it: `kill serving`, `POST {serving}/break/crash`."
    )

    def words(self) -> str:
        """Name the program and its end."""
        return f"{self.recovery} comes back after {self.cause}"


def check(promise: RecoveryPromise, system: System) -> Evidence:
    """Kill it and wait until another process is ready in its place."""
    name = promise.recovery
    before = system.program(name)
    started = time.monotonic()
    actions.deed(promise.cause, system)()

    def back() -> Evidence:
        told = system.program(name)
        if told["state"] != READY or told["pid"] in {None, before["pid"]}:
            seen = f"{name} is {told['state']}, process {told['pid']} (was {before['pid']})"
            raise BrokenPromiseError(seen)
        took = time.monotonic() - started
        text = f"process {before['pid']} was replaced by {told['pid']} in {took:.1f} s"
        return Evidence(text=text)

    return eventually(back, promise.within)


KIND = Kind(
    summary="A program that dies is started again by itself.",
    promise=RecoveryPromise,
    check=check,
    phase=Phase.OUTAGES,
)
