"""Print, as shell exports, where the servers are that the integrations are tested against.

    eval "$(.venv/bin/python -m tools.servers)"

PostgreSQL and Redis on this machine are taken. Otherwise, on Debian and Ubuntu, their packages
are downloaded and unpacked into Vedette's cache: as an ordinary user, without installing
anything. News go to standard error.
"""

import shlex
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from tools import packages
from vedette.errors import ProgramMissingError, VedetteError
from vedette.process.run import run
from vedette.supervisor.get import cache, configured

_START_SECONDS = 60.0


@dataclass(frozen=True, kw_only=True)
class Server:
    """A server that tests start.

    Args:
        variable: The environment variable that tells its binary.
        command: The binary's name.
        package: The Debian package that has it.
        places: Where distributions keep it outside of PATH, as a pattern below a root.
    """

    variable: str
    command: str
    package: str
    places: str


SERVERS = (
    Server(
        variable="TEST_POSTGRES",
        command="postgres",
        package="postgresql",
        places="usr/lib/postgresql/*/bin",
    ),
    Server(
        variable="TEST_INITDB",
        command="initdb",
        package="postgresql",
        places="usr/lib/postgresql/*/bin",
    ),
    Server(
        variable="TEST_REDIS",
        command="redis-server",
        package="redis-server",
        places="usr/bin",
    ),
)


def main() -> int:
    """Print one export per server, or say which cannot be had."""
    try:
        for server in SERVERS:
            binary = find(server, configured().cache / "servers")
            print(f"export {server.variable}={shlex.quote(str(binary))}")
    except VedetteError as error:
        print(f"error: {error}", file=sys.stderr)
        return error.exit_code
    return 0


def find(server: Server, home: Path) -> Path:
    """Return a binary, or a launcher of one, that has been seen to start.

    Args:
        server: Which.
        home: Folder for what is downloaded.

    Raises:
        ProgramMissingError: it is not on this machine, and cannot be got.
    """
    with cache.lock(home, server.package):
        for binary in _installed(server):
            if _starts(binary):
                return binary.resolve()
        root = home / server.package
        launcher = root / f"{server.command}-for-tests"
        return launcher if _starts(launcher) else _fetched(server, root, launcher)


def _installed(server: Server) -> list[Path]:
    on_path = shutil.which(server.command)
    found = [Path(on_path)] if on_path else []
    return [*found, *sorted(Path("/").glob(f"{server.places}/{server.command}"), reverse=True)]


def _fetched(server: Server, root: Path, launcher: Path) -> Path:
    hint = f"install {server.package} with the package manager"
    pattern = f"{server.places}/{server.command}"
    if not packages.reachable():
        problem = f"{server.command} is not on this machine, and cannot be downloaded"
        raise ProgramMissingError(problem, hint=hint)
    if not any(root.glob(pattern)):
        packages.unpack(root, server.package)
    for binary in root.glob(pattern):
        _write(launcher, binary, root)
        if _starts(launcher):
            return launcher
    problem = f"{server.command} is not on this machine, and the one in {root} does not start"
    raise ProgramMissingError(problem, hint=hint)


def _write(launcher: Path, binary: Path, root: Path) -> None:
    folders = ":".join(str(folder) for folder in packages.libraries(root))
    launcher.write_text(
        "#!/bin/sh\n"
        "# Written by tools.servers: a server from a folder, for the tests.\n"
        f"export LD_LIBRARY_PATH={shlex.quote(folders)}\n"
        f'exec {shlex.quote(str(binary))} "$@"\n',
        encoding="utf-8",
    )
    launcher.chmod(0o755)


def _starts(binary: Path) -> bool:
    if not binary.is_file():
        return False
    try:
        return run([binary, "--version"], timeout=_START_SECONDS).returncode == 0
    except VedetteError:
        return False


if __name__ == "__main__":
    sys.exit(main())
