"""Walk a ledger: phase by phase, and within a phase side by side."""

import fnmatch
import queue
import threading
import time
from collections.abc import Iterator, Mapping, Sequence

import httpx

from vedette.errors import UsageError, VedetteError
from vedette.verify.ledger import Ledger, Line, known
from vedette.verify.needs import PRESENT
from vedette.verify.outcome import BrokenPromiseError, Outcome
from vedette.verify.promise import AnyKind, Phase
from vedette.verify.system import System


def chosen(ledger: Ledger, only: str, *, long: bool = False) -> tuple[Line, ...]:
    """Return the lines whose kind or words hold a pattern.

    Args:
        ledger: Where from.
        only: A part of the words, or a pattern with `*`; empty for all lines.
        long: True for those too that take many minutes.

    Raises:
        UsageError: no line does.
    """
    pattern = f"*{only.lower()}*"
    lines = tuple(
        line
        for line in ledger.lines
        if (long or not line.promise.long)
        and fnmatch.fnmatchcase(f"{line.kind}: {line.promise.title()}".lower(), pattern)
    )
    if not lines:
        problem = f"no promise is like {only!r}"
        raise UsageError(problem, hint="give a part of a line; some need --long as well")
    return lines


def walk(lines: Sequence[Line], system: System) -> Iterator[Outcome]:
    """Check lines and yield each outcome as it comes.

    Args:
        lines: What is checked.
        system: The running system.
    """
    kinds = known()
    for phase in Phase:
        now = [line for line in lines if _phase(line, kinds) is phase]
        if phase is Phase.OUTAGES:
            yield from (check(line, system, kinds) for line in now)
        elif now:
            yield from _side_by_side(now, system, kinds)


def check(line: Line, system: System, kinds: Mapping[str, AnyKind]) -> Outcome:
    """Judge one line; whatever goes wrong on the way counts as not kept."""
    started = time.monotonic()
    need = line.promise.needs
    if need is not None and not PRESENT[need]():
        return Outcome(
            promise=line.promise.title(),
            kind=line.kind,
            passed=True,
            evidence=f"left out: this machine has no {need}",
            seconds=0.0,
            left_out=True,
        )
    try:
        evidence = kinds[line.kind].check(line.promise, system)
        passed, seen, steps = True, evidence.text, evidence.steps
    except BrokenPromiseError as broken:
        passed, seen, steps = False, broken.seen, broken.steps
    except VedetteError as fault:
        passed, seen, steps = False, fault.problem, ()
    except (httpx.HTTPError, OSError, ValueError, KeyError) as fault:
        passed, seen, steps = False, f"{type(fault).__name__}: {fault}", ()
    return Outcome(
        promise=line.promise.title(),
        kind=line.kind,
        passed=passed,
        evidence=seen,
        seconds=round(time.monotonic() - started, 2),
        steps=steps,
    )


def _phase(line: Line, kinds: Mapping[str, AnyKind]) -> Phase:
    return Phase.OUTAGES if line.promise.alone else kinds[line.kind].phase


def _side_by_side(
    lines: Sequence[Line], system: System, kinds: Mapping[str, AnyKind]
) -> Iterator[Outcome]:
    # A thread for each: they wait nearly all of the time, and alerts must begin together.
    # They do not keep the process: whoever interrupts it does not wait for them.
    done: queue.Queue[Outcome | BaseException] = queue.Queue()

    def judge(line: Line) -> None:
        try:
            done.put(check(line, system, kinds))
        except BaseException as fault:  # noqa: BLE001 - it is raised again by whoever waits
            done.put(fault)

    for line in lines:
        threading.Thread(target=judge, args=(line,), daemon=True).start()
    for _ in lines:
        outcome = done.get()
        if isinstance(outcome, BaseException):
            raise outcome
        yield outcome
