"""A supervisor of small programs, for commands that need a stack but not the real one."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from vedette.errors import VedetteError
from vedette.supervisor import control, launch
from vedette.supervisor.clock import Clock
from vedette.supervisor.folder import StateFolder
from vedette.supervisor.spec import ProgramSpec, StackSpec

SLEEP = "import time; print('asleep', flush=True); time.sleep(600)"


def _program(name: str, code: str, home: Path) -> ProgramSpec:
    words = (sys.executable, "-I", "-S", "-u", "-c", code)
    return ProgramSpec(name=name, title=name.title(), command=words, folder=str(home))


def _ask(state: Path) -> launch.Status | None:
    try:
        return control.call(state, "status")
    except VedetteError:  # it is not yet so far
        return None


@pytest.fixture
def small_stack(tmp_path) -> Iterator[Path]:
    """The state folder of a stack with the programs `one` and `two`, both ready."""
    folder = StateFolder(tmp_path / "state")
    folder.prepare()
    programs = tuple(_program(name, SLEEP, tmp_path) for name in ("one", "two"))
    spec = StackSpec(name="small", home=str(tmp_path), state=str(folder.path), programs=programs)
    lock = folder.acquire(tmp_path, Clock())
    try:
        child = launch.supervise(spec, lock)
    finally:
        os.close(lock)
    launch.wait_until_ready(lambda: _ask(folder.path))
    yield folder.path
    launch.stop(folder.path)
    child.process.wait(timeout=20)
