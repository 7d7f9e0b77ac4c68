"""Collects every child that ends: the programs, and the orphans that were adopted."""

import asyncio
import os
import signal

from vedette.process.spawn import Child


class Reaper:
    """The only caller of wait in the supervisor; it lives in the main thread's loop."""

    def __init__(self) -> None:
        self._children: dict[int, tuple[Child, asyncio.Event]] = {}

    def attach(self, loop: asyncio.AbstractEventLoop) -> None:
        """Listen for children that end."""
        loop.add_signal_handler(signal.SIGCHLD, self.collect)

    def watch(self, child: Child) -> asyncio.Event:
        """Return an event that is set once the child has ended and its status is known."""
        gone = asyncio.Event()
        self._children[child.pid] = (child, gone)
        self.collect()  # it may have ended before it was watched
        return gone

    def collect(self) -> None:
        """Reap what has ended."""
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            child, gone = self._children.pop(pid, (None, None))
            if child is not None and gone is not None:
                child.reaped(status)
                gone.set()
