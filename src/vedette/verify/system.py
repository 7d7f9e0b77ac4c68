"""A system that runs, as the checks see it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from vedette import settings
from vedette.errors import VedetteError
from vedette.process.run import Completed, run
from vedette.supervisor import control
from vedette.verify.asks import Prometheus
from vedette.verify.causes import Causes
from vedette.verify.outcome import BrokenPromiseError
from vedette.verify.sinks.inbox import Inbox

_PLACE = re.compile(r"\{(\w+)\}")
_COMMAND_SECONDS = 120.0


@dataclass(frozen=True, kw_only=True)
class System:
    """Where everything of a running system is.

    Args:
        folder: Its folder; commands run there.
        state: Its state folder.
        addresses: Base address of each program and module.
        started: When it was started, in seconds since the epoch.
        inbox: What its alerts sent to the sinks.
        causes: What is broken in it at the moment.
    """

    folder: Path
    state: Path
    addresses: Mapping[str, str]
    started: float = 0.0
    inbox: Inbox = field(default_factory=Inbox)
    causes: Causes = field(default_factory=Causes)

    @cached_property
    def prometheus(self) -> Prometheus:
        """Its Prometheus."""
        return Prometheus(self.address("prometheus"))

    def address(self, name: str) -> str:
        """Return the base address of a program or module.

        Raises:
            BrokenPromiseError: the system does not run it.
        """
        if name not in self.addresses:
            known = ", ".join(sorted(self.addresses))
            seen = f"nothing called {name!r} runs; there are {known}"
            raise BrokenPromiseError(seen)
        return self.addresses[name].rstrip("/")

    def fill(self, text: str) -> str:
        """Replace `{name}` by the base address of that program or module."""
        return _PLACE.sub(lambda match: self.address(match[1]), text)

    def vedette(self, *arguments: str) -> Completed:
        """Run a command of Vedette on this system, as its user would."""
        return vedette(self.folder, *arguments)

    def programs(self) -> dict[str, dict[str, Any]]:
        """Return what the supervisor says of each program, by name.

        Raises:
            BrokenPromiseError: there is no supervisor, or it does not answer.
        """
        try:
            told = control.call(self.state, "status")
        except VedetteError as fault:
            raise BrokenPromiseError(fault.problem) from None
        return {str(program["name"]): program for program in told["programs"]}

    def program(self, name: str) -> dict[str, Any]:
        """Return what the supervisor says of one program.

        Raises:
            BrokenPromiseError: it does not run it.
        """
        programs = self.programs()
        if name not in programs:
            seen = f"no program {name!r} runs; there are {', '.join(sorted(programs))}"
            raise BrokenPromiseError(seen)
        return programs[name]


def vedette(folder: Path, *arguments: str, timeout: float = _COMMAND_SECONDS) -> Completed:
    """Run a command of Vedette in a folder, undisturbed by the caller's own plan.

    Args:
        folder: A folder with a vedette.yaml.
        arguments: The command.
        timeout: Seconds until it must have ended.
    """
    argv = (settings.interpreter(), "-m", "vedette", *arguments)
    plain = {"VEDETTE_FILE": str(folder / "vedette.yaml"), "NO_COLOR": "1"}
    return run(argv, timeout=timeout, cwd=folder, env=plain)
