"""Real servers, started for the tests that ask for them and ended with them."""

import os
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PATIENCE_SECONDS = 60.0
READY = "ready to accept connections"  # both say so


@dataclass(frozen=True)
class Server:
    """A server on loopback."""

    port: int
    process: "subprocess.Popen[bytes]"


@pytest.fixture(scope="session")
def _binaries() -> dict[str, str]:
    names = ("TEST_POSTGRES", "TEST_INITDB", "TEST_REDIS")
    if all(name in os.environ for name in names):
        return {name: os.environ[name] for name in names}
    command = [sys.executable, "-m", "tools.servers"]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    lines = [shlex.split(line)[1].partition("=") for line in said.splitlines()]
    return {name: path for name, _, path in lines}


@pytest.fixture(scope="session")
def postgres(_binaries) -> Iterator[Server]:
    """A PostgreSQL server; user and database are called `postgres`, nobody needs a password."""
    # Not below pytest's folder: that is closed to the user whom PostgreSQL runs as.
    home = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
    home.chmod(0o755)
    data = home / "data"
    data.mkdir(mode=0o700)
    plain = _as_a_plain_user(data)
    initdb = [_binaries["TEST_INITDB"], "-D", data, "-U", "postgres", "-A", "trust", "--no-sync"]
    subprocess.run(
        [*plain, *initdb, "--no-locale", "-E", "UTF8"],
        check=True,
        capture_output=True,
        cwd=home,
    )
    port = _free_port()
    options = {
        "listen_addresses": "127.0.0.1",
        "unix_socket_directories": "",
        "fsync": "off",
        "shared_buffers": "4MB",
        "max_connections": "20",
        "dynamic_shared_memory_type": "mmap",
    }
    words = [word for key, value in options.items() for word in ("-c", f"{key}={value}")]
    command = [*plain, _binaries["TEST_POSTGRES"], "-D", data, "-p", port, *words]
    try:
        with _running(command, port, home) as server:
            yield server
    finally:
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(scope="session")
def redis_server(_binaries, tmp_path_factory) -> Iterator[Server]:
    """A Redis server that keeps nothing."""
    home = tmp_path_factory.mktemp("redis")
    port = _free_port()
    words = ["--port", port, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    with _running([_binaries["TEST_REDIS"], *words, "--dir", home], port, home) as server:
        yield server


@pytest.fixture
def free_port() -> int:
    """A port on which nobody listens."""
    return _free_port()


@contextmanager
def _running(command, port, home) -> Iterator[Server]:
    log = home / "server.log"
    words = [str(word) for word in command]
    with log.open("wb") as sink:
        process = subprocess.Popen(words, cwd=home, stdout=sink, stderr=subprocess.STDOUT)
    try:
        until = time.monotonic() + PATIENCE_SECONDS
        while READY not in log.read_text().lower():
            if process.poll() is not None or time.monotonic() > until:
                pytest.fail(f"{words[0]} does not start: {log.read_text()[-2000:]}")
            time.sleep(0.05)
        yield Server(port, process)
    finally:
        # Both servers then leave at once, without waiting for their clients.
        process.send_signal(signal.SIGINT)
        try:
            process.wait(timeout=PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _as_a_plain_user(folder: Path) -> list[str]:
    """What to put before a command that refuses to run as root."""
    if os.geteuid() != 0:
        return []
    nobody = 65534
    os.chown(folder, nobody, nobody)
    os.chown(folder.parent, nobody, nobody)
    # It may still read what only root can reach, such as programs in root's own cache.
    capability = "+dac_read_search"
    return [
        *("setpriv", "--reuid", str(nobody), "--regid", str(nobody), "--clear-groups"),
        *("--inh-caps", capability, "--ambient-caps", capability),
    ]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
