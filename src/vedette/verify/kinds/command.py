"""A command works."""

import re
import shlex

from pydantic import Field

from vedette.verify.outcome import BrokenPromiseError, Evidence
from vedette.verify.promise import Kind, Promise
from vedette.verify.system import System


class CommandPromise(Promise):
    """A command of Vedette, run in the system's folder."""

    command: str = Field(
        description="Without `vedette` before it: `status --format json`; `{api}` is an address."
    )
    exit: int = Field(default=0, description="Its exit code.")
    output: str = Field(default="", description="Regular expression that its output must hold.")

    def words(self) -> str:
        """Return the command and its exit code."""
        return f"vedette {self.command} ends with {self.exit}"


def check(promise: CommandPromise, system: System) -> Evidence:
    """Run it and judge its exit code and its output."""
    done = system.vedette(*shlex.split(system.fill(promise.command)))
    said = done.stdout + done.stderr
    if done.returncode != promise.exit:
        seen = f"it ended with {done.returncode}, not {promise.exit}: {_end(said)}"
        raise BrokenPromiseError(seen)
    if promise.output and not re.search(promise.output, said):
        seen = f"nothing like {promise.output!r} in its output: {_end(said)}"
        raise BrokenPromiseError(seen)
    return Evidence(text=f"exit {done.returncode}, {len(said.splitlines())} lines")


def _end(text: str) -> str:
    return repr(text.strip()[-300:])


KIND = Kind(summary="A command works.", promise=CommandPromise, check=check)
