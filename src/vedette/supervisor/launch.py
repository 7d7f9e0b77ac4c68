"""Start a stack, change it, and wait until it is as it should be."""

import os
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vedette import settings
from vedette.errors import InUseError, ProgramFailedError, UsageError, VedetteError
from vedette.model.plan import Plan
from vedette.process.living import send
from vedette.process.spawn import Child, Command, spawn
from vedette.supervisor import control, generations, leftovers, logs, server
from vedette.supervisor.clock import Clock
from vedette.supervisor.folder import StateFolder
from vedette.supervisor.get import Progress, silent
from vedette.supervisor.prepare import check_ports, prepare
from vedette.supervisor.serve import NAME
from vedette.supervisor.spec import StackSpec
from vedette.supervisor.wishes import Wishes

_POLL_SECONDS = 0.05
_LEFTOVER_PATIENCE = 2.0
_STOP_SECONDS = 30.0
_RELOADS = "started", "stopped", "restarted", "reloaded"

Status = dict[str, Any]


@dataclass(kw_only=True)
class Started:
    """A supervisor process that was started.

    Args:
        plan: What it runs, with ports as they are.
        child: The process; closing its input ends an attached one.
    """

    plan: Plan
    child: Child

    def status(self) -> Status | None:
        """Return its status, or None while it does not answer yet.

        Raises:
            ProgramFailedError: it has ended.
        """
        ended = self.child.poll() is not None
        try:
            return control.call(self.plan.state, "status")
        except (control.NotRunningError, InUseError):
            if ended:
                raise _ended(self.plan.state, self.child) from None
            return None


def start(
    plan: Plan, wishes: Wishes, progress: Progress = silent, *, attached: bool = False
) -> Started:
    """Start a stack's supervisor; it starts the programs.

    Args:
        plan: As the file says.
        wishes: What the command line adds.
        progress: Told how programs are got.
        attached: True ends the stack when this process ends.

    Raises:
        VedetteError: it cannot be started, with the reason.
    """
    folder = StateFolder(plan.state)
    folder.prepare()
    lock = folder.acquire(plan.home, Clock())
    try:
        before = folder.read_record()
        leftovers.end(str(before.get("token", "")), patience=_LEFTOVER_PATIENCE)
        server.clear(str(before.get("socket", "")))
        folder.record.unlink(missing_ok=True)
        prepared = prepare(plan, wishes, progress, attached=attached)
        try:
            check_ports(prepared.spec)
            generations.swap(plan.state, prepared.generation)
        except VedetteError:
            generations.drop(prepared.generation)
            raise
        generations.drop_all_but(plan.state, prepared.generation)
        child = supervise(prepared.spec, lock)
    finally:
        os.close(lock)
    return Started(plan=prepared.plan, child=child)


def supervise(spec: StackSpec, lock: int) -> Child:
    """Start the supervisor process and tell it what to run.

    Args:
        spec: What to run.
        lock: The held lock of its state folder; the process inherits it.

    Raises:
        ProgramFailedError: it cannot be started.
    """
    folder = StateFolder(Path(spec.state))
    child = spawn(
        Command(
            arguments=(settings.interpreter(), "-m", "vedette.supervisor", str(lock)),
            folder=folder.run,
            log=folder.log(NAME),
            pass_fds=(lock,),
            dies_with_parent=False,
            piped_input=True,
        )
    )
    child.write(spec.dumps().encode() + b"\n")  # where it has ended, its status tells
    if not spec.attached:
        child.close_input()
    return child


def wait_until_ready(
    ask: Callable[[], Status | None], watch: Callable[[Status], None] | None = None
) -> Status:
    """Wait until every program is ready, or one cannot become so.

    Args:
        ask: Returns the status, or None while there is none.
        watch: Told each status.

    Returns:
        The last status; programs without which the stack makes sense may have failed.

    Raises:
        ProgramFailedError: a program that the stack needs did not start.
    """
    while True:
        status = ask()
        if status is not None:
            if watch is not None:
                watch(status)
            failed = [row for row in status["programs"] if row["state"] == "crashed"]
            needed = [row for row in failed if row["essential"]]
            if needed:
                raise failure(needed)
            settled = {"ready", "crashed"}
            blocked = _blocked(status, {row["name"] for row in failed})
            if all(row["state"] in settled or row["name"] in blocked for row in status["programs"]):
                return status
            if status["stopping"]:
                problem = "the stack was stopped while it started"
                raise ProgramFailedError(problem, hint="start it again with `vedette up`")
        time.sleep(_POLL_SECONDS)


def stop(state: Path) -> list[str]:
    """Stop the stack of a state folder, and wait until nothing of it is left.

    Args:
        state: The state folder.

    Returns:
        The programs that were stopped; none where no stack ran.
    """
    folder = StateFolder(state)
    token = str(folder.read_record().get("token", ""))
    try:
        names: list[str] = control.call(state, "stop")["stopped"]
    except control.NotRunningError:
        names = []
    except InUseError:  # it does not answer, or is not yet so far
        names = [NAME]
        _signal_holder(folder, signal.SIGTERM)
    if not _wait_until_free(folder):
        _signal_holder(folder, signal.SIGKILL)
        _wait_until_free(folder)
    leftovers.end(token, patience=_LEFTOVER_PATIENCE)
    return names


def _signal_holder(folder: StateFolder, number: signal.Signals) -> None:
    holder = folder.holder()
    if holder is not None and holder.pid:
        send([holder.pid], number)


def _wait_until_free(folder: StateFolder) -> bool:
    end = time.monotonic() + _STOP_SECONDS
    while folder.holder() is not None:
        if time.monotonic() > end:
            return False
        time.sleep(_POLL_SECONDS / 2)
    return True


def failure(rows: list[dict[str, Any]]) -> ProgramFailedError:
    """Return the error for programs that did not start or did not stay up."""
    problem = "; ".join(f"{row['title']} does not run: {row['detail']}" for row in rows)
    hint = f"`vedette logs {rows[0]['name']}` shows all that it said"
    return ProgramFailedError(problem, hint=hint)


def reload(plan: Plan, wishes: Wishes, progress: Progress = silent) -> dict[str, Any]:
    """Render anew, have it judged, swap it in and have the programs read it.

    Args:
        plan: As the file says now.
        wishes: Those of the stack that runs.
        progress: Told how programs are got.

    Returns:
        Names under `started`, `stopped`, `restarted` and `reloaded`.

    Raises:
        VedetteError: the change is bad; what ran goes on as it was.
    """
    control.call(plan.state, "status")
    record = StateFolder(plan.state).read_record()
    prepared = prepare(plan, wishes, progress, known_ports=record.get("ports", {}))
    before = generations.current(plan.state)
    generations.swap(plan.state, prepared.generation)
    changed = control.call(plan.state, "reload", spec=prepared.spec.dumps())
    if changed["failed"] and before is not None:
        generations.swap(plan.state, before)
        control.call(plan.state, "revert")
        generations.drop(prepared.generation)
        reasons = "; ".join(f"{name}: {reason}" for name, reason in changed["failed"].items())
        problem = f"the change was refused and taken back: {reasons}"
        raise UsageError(problem, hint="correct vedette.yaml; what runs was not changed")
    generations.drop_all_but(plan.state, prepared.generation)
    return {kind: changed[kind] for kind in _RELOADS}


def _ended(state: Path, child: Child) -> ProgramFailedError:
    said = " | ".join(logs.tail(StateFolder(state).log(NAME), 3)) or "it said nothing"
    problem = f"the supervisor ended with code {child.returncode}: {said}"
    return ProgramFailedError(problem, hint=f"see {StateFolder(state).log(NAME)}")


def _blocked(status: Status, failed: set[str]) -> set[str]:
    """Name the programs that wait for one that failed."""
    return {
        row["name"]
        for row in status["programs"]
        if row["state"] == "waiting" and row["detail"].removeprefix("waits for ") in failed
    }
