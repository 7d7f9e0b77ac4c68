"""All programs of one stack: started in order, told to reload, stopped in reverse."""

import asyncio
from collections.abc import Iterable, Mapping
from typing import Any

from vedette.errors import UsageError
from vedette.supervisor.ground import Ground
from vedette.supervisor.probe import Probe
from vedette.supervisor.runner import Runner
from vedette.supervisor.spec import ProgramSpec, StackSpec, start_order
from vedette.supervisor.status import Meter, row


class Stack:
    """The programs that one supervisor runs."""

    def __init__(self, spec: StackSpec, ground: Ground) -> None:
        self.spec = spec
        self.started = ground.clock.stamp()
        self._ground = ground
        self._meter = Meter(ground.clock)
        self._runners: dict[str, Runner] = {}
        self._changing = asyncio.Lock()
        self._previous = spec
        self._ended = False

    def start(self) -> None:
        """Begin to start every program; each waits for those that it needs."""
        self._start(self.spec.programs)

    async def stop(self) -> None:
        """Stop every program for good, those that need others first."""
        self._ended = True
        for rank in reversed(start_order(tuple(r.spec for r in self._runners.values()))):
            await asyncio.gather(*(self._runners[spec.name].close() for spec in rank))

    def hurry(self) -> None:
        """Kill every program now."""
        for runner in self._runners.values():
            runner.hurry()

    async def restart(self, program: str = "") -> dict[str, Any]:
        """Stop and start one program, or each of them in turn.

        Raises:
            UsageError: there is no such program.
        """
        if program and program not in self._runners:
            problem = f"no program {program!r} runs here"
            raise UsageError(problem, hint="there are " + ", ".join(sorted(self._runners)))
        async with self._changing:
            names = [program] if program else self._in_order()
            for name in names:
                await self._runners[name].restart()
        return {"restarted": names}

    async def reload(self, new: StackSpec) -> dict[str, Any]:
        """Change to another specification with as little disturbance as possible.

        A program whose command changed is restarted; one whose files changed reads them
        again; all others do not notice.

        Returns:
            Names under `started`, `stopped`, `restarted` and `reloaded`, and under `failed`
            the reason per program that refused its new files.
        """
        async with self._changing:
            old = {name: runner.spec for name, runner in self._runners.items()}
            wanted = {spec.name: spec for spec in new.programs}
            gone = [name for name in reversed(self._in_order()) if name not in wanted]
            for name in gone:
                await self._runners.pop(name).close()
            other_login = new.authorization != self.spec.authorization
            self._previous, self.spec = self.spec, new
            self._ground.probe = Probe(authorization=new.authorization, certificate=new.certificate)
            failed, reloaded, restarted = {}, [], []
            for name in [name for name in self._in_order() if name in wanted]:
                runner, spec = self._runners[name], wanted[name]
                runner.spec = spec
                if _must_restart(old[name], spec, other_login=other_login):
                    await runner.restart()
                    restarted.append(name)
                elif old[name].files != spec.files:
                    refusal = await runner.reload()
                    if refusal:
                        failed[name] = refusal
                    else:
                        reloaded.append(name)
            fresh = [spec for spec in new.programs if spec.name not in self._runners]
            self._start(fresh)
        return {
            "started": [spec.name for spec in fresh],
            "stopped": gone,
            "restarted": restarted,
            "reloaded": reloaded,
            "failed": failed,
        }

    async def revert(self) -> dict[str, Any]:
        """Go back to the specification before the last reload; its files are back already."""
        return await self.reload(self._previous)

    def status(self, supervisor: Mapping[str, Any]) -> dict[str, Any]:
        """Return what there is to say of every program.

        Args:
            supervisor: What is known of the supervisor itself; comes first.
        """
        runners = [self._runners[name] for name in self._in_order()]
        pids = frozenset(runner.child.pid for runner in runners if runner.child)
        used = self._meter.read(pids)
        now = self._ground.clock.monotonic()
        rows = [row(runner, used, now) for runner in runners]
        return {**supervisor, "started": self.started, "programs": rows}

    def programs(self) -> tuple[ProgramSpec, ...]:
        """Return what runs at present."""
        return tuple(runner.spec for runner in self._runners.values())

    def _start(self, specs: Iterable[ProgramSpec]) -> None:
        new = () if self._ended else tuple(specs)
        self._runners |= {spec.name: Runner(spec, self._ground) for spec in new}
        earlier: set[str] = set(self._runners) - {spec.name for spec in new}
        for rank in start_order(new):
            for spec in rank:
                needed = [self._runners[name] for name in spec.after if name in earlier]
                self._runners[spec.name].start(needed)
            earlier |= {spec.name for spec in rank}

    def _in_order(self) -> list[str]:
        ranks = start_order(tuple(runner.spec for runner in self._runners.values()))
        return [spec.name for rank in ranks for spec in rank]


def _must_restart(old: ProgramSpec, new: ProgramSpec, *, other_login: bool) -> bool:
    # Under another login, a program that holds the old one refuses even to be told.
    deaf = other_login or not new.reload
    return not old.same_process(new) or (old.files != new.files and deaf)
