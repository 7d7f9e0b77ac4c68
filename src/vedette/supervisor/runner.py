"""One program's life: wait, start, become ready, end, start again."""

import asyncio
import contextlib
import signal
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from vedette.errors import VedetteError
from vedette.process import ports
from vedette.process.living import MARK, group_exists, send_group
from vedette.process.spawn import Child, Command, spawn
from vedette.supervisor import logs
from vedette.supervisor.ground import Ground
from vedette.supervisor.restarts import Restarts, Verdict
from vedette.supervisor.spec import ProgramSpec

_FIRST_POLL, _LONGEST_POLL = 0.03, 0.5
# Where nothing tells that a program is ready, it is taken to be once it has not failed.
_SETTLED_SECONDS = 0.5
_RELOAD_SECONDS = 30.0
_GROUP_POLL = 0.02
_QUOTED_LINES = 3
_LONGEST_QUOTE = 400


class Runner:
    """Runs one program for as long as the stack lives.

    Attributes:
        spec: What it runs.
        state: `waiting`, `starting`, `ready`, `backoff`, `crashed` or `stopped`.
        detail: Why it is not ready, for a person.
        restarts: How often it was started again.
        child: The process, while there is one.
        began: When its present life began, on the monotonic clock.
    """

    def __init__(self, spec: ProgramSpec, ground: Ground) -> None:
        self.spec = spec
        self.state = "waiting"
        self.detail = ""
        self.restarts = 0
        self.child: Child | None = None
        self.began = 0.0
        self.ready = asyncio.Event()
        self._ground = ground
        self._restarts = Restarts(policy=ground.policy)
        self._gone = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._closed = False

    def start(self, after: Sequence["Runner"] = ()) -> None:
        """Begin its life, once those that it needs are ready; not once it is closed."""
        if self._closed:
            return
        self._task = asyncio.create_task(self._live(after), name=self.spec.name)

    async def stop(self) -> None:
        """End it and everything in its group; it is not started again."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
            self._task = None
        lived = self.child is not None
        await self._end(self.spec.stop_seconds)
        self._become("stopped")
        if lived:
            self._ground.events.add("stopped", self.spec.name)

    async def close(self) -> None:
        """Stop it for good: a restart that is under way does not start it again."""
        self._closed = True
        await self.stop()

    async def restart(self) -> None:
        """Stop it and start it afresh."""
        await self.stop()
        self._restarts.forget()
        self.restarts += 1
        self.start()

    def hurry(self) -> None:
        """Kill it now; whoever waits for its end goes on."""
        if self.child is not None:
            send_group(self.child.pid, signal.SIGKILL)

    async def reload(self) -> str:
        """Have it read its files again.

        Returns:
            Why it did not; empty where it did.
        """
        if not self.ready.is_set():
            return ""  # whatever starts later reads the new files anyway
        patient = replace(self._ground.probe, timeout=_RELOAD_SECONDS)
        answer = await patient.ask(self.spec.reload, "POST")
        event = "reloaded" if answer.fine else "reload refused"
        self._ground.events.add(event, self.spec.name, detail=str(answer))
        return "" if answer.fine else str(answer)

    async def _live(self, after: Sequence["Runner"]) -> None:
        for other in after:
            self._become("waiting", f"waits for {other.spec.name}")
            await other.ready.wait()
        while True:
            await self._ground.clock.sleep(await self._guarded_life())
            self.restarts += 1

    async def _guarded_life(self) -> float:
        try:
            return await self._one_life()
        except Exception as error:  # noqa: BLE001 - our own fault must not leave it unwatched
            await self._end(0.0)
            return self._exited(f"it could not be watched: {error}", "")

    async def _one_life(self) -> float:
        """Run it once; return after how many seconds to try again."""
        ground = self._ground
        self.began = ground.clock.monotonic()
        offset = logs.size(ground.folder.log(self.spec.name))
        try:
            self.child = self._spawn()
        except VedetteError as error:
            self._become("starting")
            return self._exited(error.problem, "")
        self._gone = ground.reaper.watch(self.child)
        ground.tether.add(self.child.pid)
        self._become("starting")
        ground.events.add("started", self.spec.name, pid=self.child.pid)
        trouble = await self._become_ready()
        if trouble:
            await self._end(self.spec.stop_seconds)
            return self._never_ready(trouble)
        await self._gone.wait()
        code = self.child.returncode
        await self._end(0.0)  # what it left behind would be in the way of its successor
        return self._exited(_ending(code), self._quote(offset))

    def _spawn(self) -> Child:
        spec = self.spec
        if spec.listen and not ports.bindable(spec.listen, spec.port):
            problem = f"port {spec.port} is taken by {ports.owner(spec.port)}"
            raise VedetteError(problem, hint="stop it, or choose another port")
        return spawn(
            Command(
                arguments=spec.command,
                folder=Path(spec.folder),
                log=self._ground.folder.log(spec.name),
                environment={**spec.environment, MARK: self._ground.token},
            )
        )

    async def _become_ready(self) -> str:
        """Wait until it is ready or has ended; return why it will never be, else nothing."""
        answer, pause = "", _FIRST_POLL
        while not self._gone.is_set():
            lived = self._ground.clock.monotonic() - self.began
            fine, answer = await self._ask(lived)
            if fine and not self._gone.is_set():
                self._become("ready")
                self._ground.events.add("ready", self.spec.name, seconds=round(lived, 3))
                return ""
            if lived >= self.spec.patient_seconds:
                return f"not ready within {self.spec.patient_seconds:g} s: {answer}"
            self.detail = answer
            await self._pause(pause)
            pause = min(pause * 1.5, _LONGEST_POLL)
        return ""

    async def _ask(self, lived: float) -> tuple[bool, str]:
        if not self.spec.ready:
            return lived >= _SETTLED_SECONDS, ""
        answer = await self._ground.probe.ask(self.spec.ready)
        return answer.fine, str(answer)

    async def _pause(self, seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._gone.wait(), seconds)

    def _exited(self, how: str, quote: str) -> float:
        now = self._ground.clock.monotonic()
        verdict = self._restarts.exited(started=self.began, now=now)
        state = "crashed" if verdict.crash_loop else "backoff"
        detail = _crash_loop(how, verdict) if verdict.crash_loop else how
        self._become(state, f"{detail}: {quote}" if quote else detail)
        self._ground.events.add(state, self.spec.name, detail=self.detail, delay=verdict.delay)
        return verdict.delay

    def _never_ready(self, trouble: str) -> float:
        self._become("crashed", trouble)
        delay = self._ground.policy.slow_delay
        self._ground.events.add("crashed", self.spec.name, detail=trouble, delay=delay)
        return delay

    def _quote(self, offset: int) -> str:
        log = self._ground.folder.log(self.spec.name)
        lines = [line for line in logs.tail(log, _QUOTED_LINES, since=offset) if line.strip()]
        whole = " | ".join(line.strip() for line in lines)
        return whole if len(whole) <= _LONGEST_QUOTE else f"…{whole[-_LONGEST_QUOTE:]}"

    async def _end(self, patience: float) -> None:
        """End the process and its group: ask, wait, kill."""
        if self.child is None:
            return
        group = self.child.pid
        if patience > 0 and send_group(group, signal.SIGTERM):
            send_group(group, signal.SIGCONT)  # one that is frozen could not obey
            await self._wait_for_group(group, patience)
        send_group(group, signal.SIGKILL)
        await self._gone.wait()
        self._ground.tether.discard(group)
        self.child = None

    async def _wait_for_group(self, group: int, patience: float) -> None:
        now = asyncio.get_running_loop().time
        end = now() + patience
        await self._pause(patience)
        # Nobody tells when the last of a group that is not our child has gone.
        while group_exists(group) and now() < end:  # noqa: ASYNC110 - so there is no event
            await asyncio.sleep(_GROUP_POLL)

    def _become(self, state: str, detail: str = "") -> None:
        self.state, self.detail = state, detail
        if state == "ready":
            self.ready.set()
        else:
            self.ready.clear()


def _ending(code: int | None) -> str:
    if code is not None and code < 0:
        return f"it was ended by {signal.Signals(-code).name}"
    return f"it ended with code {code}"


def _crash_loop(how: str, verdict: Verdict) -> str:
    return f"{how}, {verdict.exits} times within {verdict.seconds:.0f} s"
