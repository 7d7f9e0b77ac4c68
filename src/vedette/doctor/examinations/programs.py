"""Each program: does it run; if nothing runs, is it on this machine?"""

import shutil
from collections.abc import Iterator

from vedette.doctor.diagnosis import Examination, Fine, Result
from vedette.doctor.patient import Patient, Running
from vedette.errors import VedetteError
from vedette.model.component import Component
from vedette.model.finding import Finding
from vedette.model.module import Module
from vedette.supervisor.get import configured, locate

_PYTHON = "{python}"


def _examine(patient: Patient) -> Iterator[Result]:
    if patient.running is None:
        yield from _not_running(patient)
        return
    for name, row in patient.running.items():
        yield _running(name, row)
    expected = [
        *patient.components,
        *(module.name for module in patient.plan.modules if module.run),
    ]
    for name in expected:
        if name not in patient.running:
            yield Finding(
                rule="program-not-started",
                level="error",
                subject=name,
                message=f"{name} is in the plan, but not among the programs that run",
                hint="`vedette down` and `vedette up` start it",
            )


def _running(name: str, row: Running) -> Result:
    if row.state == "ready":
        return Fine(subject=name, message=f"ready, {row.version}" if row.version else "ready")
    detail = f": {row.detail}" if row.detail else ""
    if row.state in {"waiting", "starting"}:
        return Finding(
            rule="program-starting",
            level="info",
            subject=name,
            message=f"{row.title} is {row.state}{detail}",
            hint="ask again in a few seconds",
        )
    words = {"backoff": "ended and will be tried again", "crashed": "does not stay up"}
    return Finding(
        rule=f"program-{row.state}",
        level="error",
        subject=name,
        message=f"{row.title} {words.get(row.state, f'is {row.state}')}{detail}",
        hint=f"`vedette logs {name}` says more; `vedette restart {name}` tries again",
    )


def _not_running(patient: Patient) -> Iterator[Result]:
    yield Finding(
        rule="stack-not-running",
        level="info",
        subject=patient.plan.name,
        message=f"no stack runs in {patient.plan.state}",
        hint="`vedette up` starts it",
    )
    wanted = [program for one in patient.components.values() for program in one.programs]
    try:
        found = locate(wanted, configured(patient.plan.program_folders, offline=True))
    except VedetteError as error:
        yield Finding(
            rule="program-cache",
            level="error",
            subject="programs",
            message=error.problem,
            hint=error.hint,
        )
        return
    for name, component in patient.components.items():
        missing = [program.name for program in component.programs if program.name not in found]
        if missing:
            yield _missing(name, component, missing)
        else:
            seen = [f"{one} {found[one].version}" for one in (p.name for p in component.programs)]
            yield Fine(subject=name, message=", ".join(seen) or "a part of Vedette")
    for module in patient.plan.modules:
        yield from _command(module)


def _missing(name: str, component: Component, missing: list[str]) -> Finding:
    return Finding(
        rule="program-missing",
        level="warning",
        subject=name,
        message=f"{component.title} is not on this machine yet: no {', no '.join(missing)}",
        hint=f"`vedette up` gets it, and so does `vedette components get {name}`",
    )


def _command(module: Module) -> Iterator[Result]:
    if module.run is None:
        return
    program = module.run.command[0]
    if (
        program == _PYTHON
        or shutil.which(program, path=None)
        or (module.run.folder / program).is_file()
    ):
        yield Fine(subject=module.name, message=f"can be started with {program}")
        return
    yield Finding(
        rule="program-missing",
        level="error",
        subject=module.name,
        message=f"{module.name} is started with {program}, which is not on this machine",
        hint="install it, or correct modules: run: command",
    )


EXAMINATION = Examination(title="programs", order=10, examine=_examine)
