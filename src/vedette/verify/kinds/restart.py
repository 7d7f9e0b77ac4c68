"""One program is restarted and the others do not notice."""

import time

from pydantic import Field

from vedette.verify.kinds.program import READY
from vedette.verify.outcome import BrokenPromiseError, Evidence, eventually
from vedette.verify.promise import Kind, Phase, Promise
from vedette.verify.system import System


class RestartPromise(Promise):
    """A program that can be restarted alone."""

    restart: str = Field(description="Its name, as `vedette status` shows it.")

    def words(self) -> str:
        """Name the program."""
        return f"{self.restart} is restarted alone"


def check(promise: RestartPromise, system: System) -> Evidence:
    """Restart it, and compare who runs before and after."""
    name = promise.restart
    before = {program: told["pid"] for program, told in system.programs().items()}
    if name not in before:
        system.program(name)
    started = time.monotonic()
    done = system.vedette("restart", name)
    if done.returncode != 0:
        seen = f"vedette restart {name} ended with {done.returncode}: {done.stderr.strip()[-300:]}"
        raise BrokenPromiseError(seen)

    def ready() -> int:
        told = system.program(name)
        if told["state"] != READY or told["pid"] in {None, before[name]}:
            seen = f"{name} is {told['state']}, process {told['pid']} (was {before[name]})"
            raise BrokenPromiseError(seen)
        return int(told["pid"])

    pid = eventually(ready, promise.within)
    took = time.monotonic() - started
    after = {program: told["pid"] for program, told in system.programs().items()}
    others = sorted(other for other in before if other != name and before[other] != after[other])
    if others:
        seen = f"{', '.join(others)} was restarted as well"
        raise BrokenPromiseError(seen)
    text = f"process {before[name]} became {pid} in {took:.1f} s, the others stayed"
    return Evidence(text=text)


KIND = Kind(
    summary="One program is restarted and the others do not notice.",
    promise=RestartPromise,
    check=check,
    phase=Phase.OUTAGES,
)
