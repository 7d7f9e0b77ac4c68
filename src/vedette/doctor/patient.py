"""What the doctor looks at: a plan, what runs of it, and the machine it is on."""

import shutil
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from vedette import stack
from vedette.clients.prometheus import Prometheus
from vedette.discover import discover
from vedette.doctor.access import access
from vedette.errors import VedetteError
from vedette.model.component import Component
from vedette.model.plan import Plan
from vedette.model.version import Version
from vedette.planfile.hosts import inside_container, localised
from vedette.supervisor import control
from vedette.supervisor.folder import StateFolder
from vedette.supervisor.wishes import Wishes, adjust


@dataclass(frozen=True, kw_only=True)
class Running:
    """One program, as its supervisor sees it.

    Args:
        state: `waiting`, `starting`, `ready`, `backoff`, `crashed` or `stopped`.
        title: As people call it.
        version: As it said itself; empty where it says none.
        detail: Why it is not ready.
    """

    state: str
    title: str
    version: str = ""
    detail: str = ""


@dataclass(frozen=True, kw_only=True)
class Disk:
    """Size of a file system and what is left of it, in bytes."""

    total: int
    free: int


def _disk(folder: Path) -> Disk:
    usage = shutil.disk_usage(folder)
    return Disk(total=usage.total, free=usage.free)


@dataclass(frozen=True, kw_only=True)
class Patient:
    """A stack under examination.

    Args:
        plan: The plan, with the ports and programs that run where a stack runs.
        components: The description of each component in the plan.
        running: What the supervisor says of each program; None where no stack runs.
        prometheus: The running Prometheus; None where none is ready.
        file: The plan file; None where everything is a default.
        now: The clock, in seconds since 1970.
        disk: Size and free bytes of the file system of a folder.
        inside_container: True where this machine is a container.
    """

    plan: Plan
    components: Mapping[str, Component]
    running: Mapping[str, Running] | None = None
    prometheus: Prometheus | None = None
    file: Path | None = None
    now: Callable[[], float] = time.time
    disk: Callable[[Path], Disk] = _disk
    inside_container: bool = False

    def is_ready(self, program: str) -> bool:
        """True where a program runs and answers."""
        row = (self.running or {}).get(program)
        return row is not None and row.state == "ready"


def admit(plan: Plan, file: Path | None = None) -> Patient:
    """Return the stack of a plan as it is now, running or not.

    Args:
        plan: As the plan file says.
        file: The plan file.

    Raises:
        InUseError: a stack runs, but its supervisor does not answer.
        DiscoveryError: a component does not define what its folder promises.
    """
    inside = inside_container()
    plan = localised(plan)
    every = discover(stack, "COMPONENT", Component)
    status = _status(plan.state)
    if status is None:
        planned = {name: every[name] for name in plan.components}
        return Patient(plan=plan, components=planned, file=file, inside_container=inside)
    complete, chosen = _as_started(plan, status)
    running = {row["name"]: _running(row) for row in status["programs"]}
    patient = Patient(
        plan=complete, components=chosen, running=running, file=file, inside_container=inside
    )
    if not patient.is_ready("prometheus"):
        return patient
    return replace(
        patient, prometheus=Prometheus(complete.url("prometheus"), access(complete.login))
    )


def _status(state: Path) -> dict[str, Any] | None:
    try:
        return control.call(state, "status")
    except control.NotRunningError:
        return None


def _as_started(plan: Plan, status: Mapping[str, Any]) -> tuple[Plan, Mapping[str, Component]]:
    """Apply what `vedette up` was told: programs, ports and their versions."""
    record = StateFolder(plan.state).read_record()
    ports = {row["name"]: row["port"] for row in status["programs"] if row["port"]}
    adjusted = None
    with suppress(VedetteError, TypeError):
        adjusted = adjust(plan, Wishes.recorded(record.get("wishes")), ports)
    components: Mapping[str, Component] = discover(stack, "COMPONENT", Component)
    if adjusted:
        components = adjusted.components
    complete = adjusted.plan if adjusted else plan
    known = {name: number for name, number in ports.items() if name in complete.ports}
    versions: dict[str, Version] = {}
    for row in status["programs"]:
        version = Version.find(row["version"] or "")
        if version and row["name"] in components:
            programs = components[row["name"]].programs
            versions |= {program.name: version for program in programs}
    complete = replace(complete, ports={**complete.ports, **known}, versions=versions)
    return complete, {name: components[name] for name in complete.components}


def _running(row: Mapping[str, Any]) -> Running:
    return Running(
        state=row["state"],
        title=row["title"],
        version=row["version"] or "",
        detail=row["detail"] or "",
    )
