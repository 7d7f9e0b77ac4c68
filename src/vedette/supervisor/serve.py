"""Supervise one stack from its start to its end, whatever ends it."""

import asyncio
import contextlib
import json
import os
import secrets
import signal
from pathlib import Path
from typing import Any

from vedette.process import living
from vedette.process.spawn import become_subreaper
from vedette.supervisor import leftovers, logs
from vedette.supervisor.clock import Clock
from vedette.supervisor.events import Events
from vedette.supervisor.files import write
from vedette.supervisor.folder import Holder, StateFolder
from vedette.supervisor.ground import Ground
from vedette.supervisor.probe import Probe
from vedette.supervisor.reaper import Reaper
from vedette.supervisor.server import Server
from vedette.supervisor.spec import StackSpec, loads
from vedette.supervisor.stack import Stack
from vedette.supervisor.tether import Tether

NAME = "supervisor"
_ROTATE_SECONDS = 10.0
_ANSWER_SECONDS = 0.1


class Supervisor:
    """One stack, its control socket and the signals that end it."""

    def __init__(self, spec: StackSpec, ground: Ground) -> None:
        self._ground = ground
        self._stack = Stack(spec, ground)
        self._stopping = asyncio.Event()
        self._stopped = asyncio.Event()
        self._server = Server(
            {
                "status": self._status,
                "stop": self._stop,
                "restart": self._restart,
                "reload": self._reload,
                "revert": self._revert,
            }
        )

    async def run(self) -> None:
        """Start the stack, keep it up, and stop it."""
        ground = self._ground
        self._listen_for_signals()
        ground.tether.start()
        await self._server.start()
        rotation = asyncio.create_task(self._rotate())
        try:
            self._write_record()
            ground.events.add("supervising", pid=os.getpid())
            self._stack.start()
            await self._stopping.wait()
            ground.events.add("stopping")
            await self._stack.stop()
        finally:
            rotation.cancel()
            await self._end()

    def interrupt(self) -> None:
        """Stop gracefully; asked a second time, kill."""
        if self._stopping.is_set():
            self._stack.hurry()
        self._stopping.set()

    async def _end(self) -> None:
        leftovers.end(self._ground.token, patience=0.0)
        self._ground.tether.release()
        self._ground.folder.record.unlink(missing_ok=True)
        self._ground.events.add("stopped")
        self._stopped.set()
        await asyncio.sleep(_ANSWER_SECONDS)  # whoever asked for the stop is answered first
        await self._server.stop()

    def _listen_for_signals(self) -> None:
        loop = asyncio.get_running_loop()
        self._ground.reaper.attach(loop)
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            loop.add_signal_handler(number, self.interrupt)
        if self._stack.spec.attached:
            loop.add_reader(0, self._input_closed)

    def _input_closed(self) -> None:
        if not os.read(0, 1):
            asyncio.get_running_loop().remove_reader(0)
            self._stopping.set()

    def _write_record(self) -> None:
        spec = self._stack.spec
        record = {
            "pid": os.getpid(),
            "birth": living.birth(os.getpid()),
            "started": self._stack.started,
            "socket": str(self._server.path),
            "token": self._ground.token,
            "name": spec.name,
            "home": spec.home,
            "wishes": spec.wishes,
            "ports": {row.name: row.port for row in spec.programs if row.port},
            "urls": {row.name: row.url for row in spec.programs if row.url},
        }
        write(self._ground.folder.record, json.dumps(record) + "\n")

    async def _rotate(self) -> None:
        folder = self._ground.folder
        while True:
            for name in (NAME, *(row.name for row in self._stack.programs())):
                with contextlib.suppress(OSError):  # a full disk must not end the stack
                    logs.rotate(folder.log(name))
            await self._ground.clock.sleep(_ROTATE_SECONDS)

    async def _status(self) -> dict[str, Any]:
        spec = self._stack.spec
        told = {
            "name": spec.name,
            "pid": os.getpid(),
            "home": spec.home,
            "state": spec.state,
            "stopping": self._stopping.is_set(),
        }
        return self._stack.status(told)

    async def _stop(self) -> dict[str, Any]:
        self._stopping.set()
        await self._stopped.wait()
        return {"stopped": [row.name for row in self._stack.programs()]}

    async def _restart(self, program: str = "") -> dict[str, Any]:
        return await self._stack.restart(program)

    async def _reload(self, spec: str) -> dict[str, Any]:
        changed = await self._stack.reload(loads(spec))
        self._write_record()
        return changed

    async def _revert(self) -> dict[str, Any]:
        changed = await self._stack.revert()
        self._write_record()
        return changed


async def supervise(spec: StackSpec, lock: int, clock: Clock | None = None) -> None:
    """Run a stack until it is told to stop.

    Args:
        spec: What to run.
        lock: The descriptor of the state folder's lock, held.
        clock: Time; None for the machine's.
    """
    clock = clock or Clock()
    folder = StateFolder(Path(spec.state))
    folder.sign(lock, Holder(pid=os.getpid(), started=clock.stamp(), home=spec.home))
    become_subreaper()
    token = secrets.token_hex(16)
    ground = Ground(
        folder=folder,
        token=token,
        clock=clock,
        probe=Probe(authorization=spec.authorization, certificate=spec.certificate),
        events=Events(folder.events, clock),
        reaper=Reaper(),
        tether=Tether(token, folder.run, folder.log(NAME)),
    )
    await Supervisor(spec, ground).run()
