"""Commands as a user types them, in folders and on disks that are made to fail."""

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from vedette.supervisor.get import configured

_PATIENCE = 120


class Terminal:
    """A shell in one folder.

    Args:
        home: Where the commands are typed.
        around: What stands before each of them.
    """

    def __init__(self, home: Path, *around: str) -> None:
        self.home = home
        self.environment: dict[str, str] = {}
        self._around = around

    def plan(self, content: str | bytes) -> None:
        """Write the plan file."""
        data = content.encode() if isinstance(content, str) else content
        (self.home / "vedette.yaml").write_bytes(data)

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run any command to its end."""
        return subprocess.run(
            [*self._around, *words],
            cwd=self.home,
            env={**os.environ, **self.environment},
            capture_output=True,
            text=True,
            timeout=_PATIENCE,
            check=False,
        )

    def vedette(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a command of Vedette; whatever happens, a user never sees a traceback."""
        done = self.run(sys.executable, "-m", "vedette", *words)
        assert "Traceback" not in done.stderr
        return done


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    """A terminal in an empty folder; a stack that it leaves is stopped."""
    home = tmp_path / "home"
    home.mkdir()
    result = Terminal(home)
    yield result
    result.vedette("down", "--state", str(home / ".vedette"))


@pytest.fixture
def kept_programs() -> Path:
    """The cache of programs that the tests share."""
    cache = configured().cache
    cache.mkdir(parents=True, exist_ok=True)
    return cache


Mount = Callable[[Path, str], Terminal]


@pytest.fixture
def mount(tmp_path: Path) -> Iterator[Mount]:
    """Give a terminal that sees a small disk, or one that cannot be written, at a folder.

    It is a mount of the terminal's own namespace: it takes no rights, and nobody else sees it.
    """
    if not (shutil.which("unshare") and shutil.which("nsenter")):
        pytest.skip("this machine has no unshare")
    with contextlib.ExitStack() as ends:

        def make(folder: Path, options: str) -> Terminal:
            holder = ends.enter_context(_held(folder, options))
            inside = ("nsenter", "--target", str(holder), "--user", "--mount")
            # The folder that nsenter is called in is the one outside of the namespace.
            return Terminal(tmp_path, *inside, "--preserve-credentials", f"--wd={tmp_path}")

        yield make


@contextlib.contextmanager
def _held(folder: Path, options: str) -> Iterator[int]:
    """Hold a namespace with a mount; its process is yielded."""
    script = 'mount -t tmpfs -o "$0" none "$1" && echo mounted && exec cat'
    with subprocess.Popen(
        ["unshare", "--map-root-user", "--mount", "sh", "-c", script, options, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout is not None
        if holder.stdout.readline() != "mounted\n":
            pytest.skip("this machine lets nobody mount in a namespace of his own")
        yield holder.pid  # leaving closes its input, which ends it
