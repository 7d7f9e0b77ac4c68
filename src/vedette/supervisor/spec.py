"""What the supervisor process is told: plain data, so that it needs none of the heavy parts.

The command line reads the plan, renders and validates; the supervisor only runs programs.
It is told over a pipe, not a file, because a specification may hold a password.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from types import MappingProxyType
from typing import Any


@dataclass(frozen=True, kw_only=True)
class ProgramSpec:
    """One program to run.

    Args:
        name: Name of the component or module.
        title: As people call it.
        command: Program and arguments.
        folder: Where it starts.
        environment: Added to the environment.
        port: Where it listens; 0 where it has no port.
        listen: The address of this machine that it binds `port` on; empty where that is
            not known, so that nobody can tell beforehand whether the port is taken.
        url: Its base address; empty where it has none.
        ready: Full address that answers 200 once it is ready; empty where nothing tells.
        reload: Full address to POST to after its files changed; empty to restart it.
        after: Programs that must be ready first.
        stop_seconds: How long it may take to stop before it is killed.
        patient_seconds: How long it may take to become ready.
        version: As it said itself.
        source: How it was got.
        files: A digest of its rendered files.
        essential: True where the stack makes no sense without it.
    """

    name: str
    title: str
    command: tuple[str, ...]
    folder: str
    environment: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    port: int = 0
    listen: str = ""
    url: str = ""
    ready: str = ""
    reload: str = ""
    after: tuple[str, ...] = ()
    stop_seconds: float = 5.0
    patient_seconds: float = 30.0
    version: str = ""
    source: str = ""
    files: str = ""
    essential: bool = True

    def same_process(self, other: "ProgramSpec") -> bool:
        """Say whether a running program of that description need not be started anew."""
        mine = (self.command, self.folder, dict(self.environment), self.port)
        return mine == (other.command, other.folder, dict(other.environment), other.port)


@dataclass(frozen=True, kw_only=True)
class StackSpec:
    """Everything that one supervisor runs.

    Args:
        name: The stack's name.
        home: The folder of vedette.yaml.
        state: The state folder.
        programs: What to run.
        authorization: Value of the Authorization header for the programs; empty for none.
        certificate: PEM file that the programs' certificates are checked with.
        attached: True where the supervisor is to stop once its standard input closes.
        wishes: What the command line asked for, for a reload; None where there is no
            plan file to read again.
    """

    name: str
    home: str
    state: str
    programs: tuple[ProgramSpec, ...]
    authorization: str = ""
    certificate: str = ""
    attached: bool = False
    wishes: Mapping[str, Any] | None = None

    def dumps(self) -> str:
        """Return it as one line of JSON."""
        programs = tuple(replace(row, environment=dict(row.environment)) for row in self.programs)
        return json.dumps(asdict(replace(self, programs=programs)))


def loads(text: str) -> StackSpec:
    """Read what `StackSpec.dumps` wrote."""
    value = json.loads(text)
    programs = tuple(
        ProgramSpec(**{**row, "command": tuple(row["command"]), "after": tuple(row["after"])})
        for row in value.pop("programs")
    )
    return StackSpec(programs=programs, **value)


def start_order(programs: tuple[ProgramSpec, ...]) -> tuple[tuple[ProgramSpec, ...], ...]:
    """Return the programs in ranks: each rank needs only those before it.

    A name in `after` that is not among the programs is no reason to wait. Programs that
    wait for each other all go into the last rank.
    """
    ranks: list[tuple[ProgramSpec, ...]] = []
    names = {program.name for program in programs}
    placed: set[str] = set()
    rest = list(programs)
    while rest:
        rank = [row for row in rest if set(row.after) & names <= placed] or rest
        ranks.append(tuple(rank))
        placed |= {row.name for row in rank}
        rest = [row for row in rest if row.name not in placed]
    return tuple(ranks)
