"""Small programs that behave as real ones do on a bad day, under a real supervisor."""

import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest

from vedette.errors import VedetteError
from vedette.process.spawn import Child
from vedette.supervisor import control, launch
from vedette.supervisor.clock import Clock
from vedette.supervisor.folder import StateFolder
from vedette.supervisor.spec import ProgramSpec, StackSpec

T = TypeVar("T")
DEADLINE = 30.0
# Serves the status it is told; with a second word it first starts a child that ignores SIGTERM.
SERVER = """\
import http.server, os, subprocess, sys
port, status, *child = sys.argv[1:]
if child:
    code = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(600)"
    words = [sys.executable, "-I", "-S", "-c", code]
    there = subprocess.Popen(words, start_new_session=len(child) > 1)
    open(child[0], "w").write(str(there.pid))
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(int(status)); self.end_headers(); self.wfile.write(b"as told")
    do_POST = do_GET
    def log_message(self, *_): pass
http.server.HTTPServer(("127.0.0.1", int(port)), Handler).serve_forever()
"""


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def eventually(ask: Callable[[], T], message: str = "it did not happen") -> T:
    """Return the first answer that is true."""
    deadline = time.monotonic() + DEADLINE
    while time.monotonic() < deadline:
        answer = ask()
        if answer:
            return answer
        time.sleep(0.02)
    raise AssertionError(message)


def lives(pid: int) -> bool:
    """Say whether a process is there and no zombie."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"


class House:
    """One state folder, and the supervisors that a test starts in it."""

    eventually = staticmethod(eventually)
    free_port = staticmethod(free_port)
    lives = staticmethod(lives)

    def __init__(self, home: Path) -> None:
        self.home = home
        self.folder = StateFolder(home / ".vedette")
        self.children: list[Child] = []
        home.mkdir(parents=True, exist_ok=True)

    def program(self, name: str, code: str, *words: Any, **changes: Any) -> ProgramSpec:
        """Describe a program in Python."""
        told = {"folder": str(self.home), "stop_seconds": 1.0, "patient_seconds": 10.0}
        argv = (sys.executable, "-I", "-S", "-c", code, *map(str, words))
        return ProgramSpec(name=name, title=name.title(), command=argv, **{**told, **changes})

    def server(self, name: str, status: int = 200, *words: Any, **changes: Any) -> ProgramSpec:
        """Describe a program that answers every request with `status`."""
        port = changes.pop("port", None) or free_port()
        url = f"http://127.0.0.1:{port}"
        told = {"port": port, "listen": "127.0.0.1", "url": url, "ready": f"{url}/ready"}
        return self.program(name, SERVER, port, status, *words, **{**told, **changes})

    def spec(self, *programs: ProgramSpec, **changes: Any) -> StackSpec:
        """Describe a stack."""
        told = {"name": "test", "home": str(self.home), "state": str(self.folder.path)}
        return StackSpec(programs=programs, **{**told, **changes})

    def up(self, *programs: ProgramSpec, **changes: Any) -> Child:
        """Start a supervisor."""
        self.folder.prepare()
        lock = self.folder.acquire(self.home, Clock())
        try:
            child = launch.supervise(self.spec(*programs, **changes), lock)
        finally:
            os.close(lock)
        self.children.append(child)
        eventually(lambda: self.status() or child.poll() is not None, "no supervisor")
        return child

    def status(self) -> dict[str, Any]:
        """Return what the supervisor says of the programs, by name; nothing where none answers."""
        try:
            told = control.call(self.folder.path, "status")
        except VedetteError:
            return {}
        return {row["name"]: row for row in told["programs"]}

    def wait(self, program: str, state: str) -> dict[str, Any]:
        """Return the row of a program once it is in a state."""

        def there() -> dict[str, Any]:
            row = self.status().get(program, {})
            return row if row.get("state") == state else {}

        return eventually(there, f"{program} did not become {state}: {self.status()}")

    def end(self) -> None:
        """Stop whatever the test left."""
        for child in self.children:
            if child.poll() is None:
                os.kill(child.pid, signal.SIGTERM)
        launch.stop(self.folder.path)
        for child in self.children:
            child.process.wait(timeout=20)
            child.close_input()


@pytest.fixture
def house(tmp_path) -> Iterator[House]:
    """A state folder in a home with spaces and letters beyond ASCII."""
    result = House(tmp_path / "hömé of Çelik")
    yield result
    result.end()
