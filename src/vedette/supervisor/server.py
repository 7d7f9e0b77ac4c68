"""The control socket: one line of JSON in, one line of JSON out."""

import asyncio
import contextlib
import json
import shutil
import tempfile
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any

from vedette.errors import UsageError, VedetteError

_LONGEST_LINE = 16 * 1024 * 1024  # a specification of a thousand modules is a tenth of it

_PREFIX = "vedette-"

Command = Callable[..., Awaitable[dict[str, Any]]]


def clear(address: str) -> None:
    """Remove the socket that a killed supervisor left behind, and its folder.

    Args:
        address: As the record of that run has it; one that is not ours is left alone.
    """
    socket = Path(address)
    if socket.parent.name.startswith(_PREFIX) and socket.is_socket():
        with contextlib.suppress(OSError):
            socket.unlink()
            socket.parent.rmdir()


class Server:
    """Answers commands at a socket in a private folder.

    The folder is a short one of its own: a socket's path may have about 100 characters,
    which a state folder easily exceeds.
    """

    def __init__(self, commands: Mapping[str, Command]) -> None:
        self._commands = commands
        self._folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
        self._server: asyncio.Server | None = None

    @property
    def path(self) -> Path:
        """The socket."""
        return self._folder / "control"

    async def start(self) -> None:
        """Begin to listen."""
        self._server = await asyncio.start_unix_server(
            self._serve, path=self.path, limit=_LONGEST_LINE
        )

    async def stop(self) -> None:
        """Stop listening and remove the socket."""
        if self._server is not None:
            self._server.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, ValueError):  # the caller has gone, or sends too much
            line = await reader.readline()
            answer = await self._answer(line)
            writer.write(json.dumps(answer).encode() + b"\n")
            await writer.drain()
        writer.close()
        with contextlib.suppress(OSError):
            await writer.wait_closed()

    async def _answer(self, line: bytes) -> dict[str, Any]:
        try:
            return {"result": await self._obey(line)}
        except VedetteError as error:
            words = {"problem": error.problem, "hint": error.hint, "code": error.exit_code}
            return {"error": words}

    async def _obey(self, line: bytes) -> dict[str, Any]:
        try:
            asked = json.loads(line)
            command = self._commands[asked.pop("command")]
        except (ValueError, KeyError, AttributeError):
            problem = f"the supervisor knows no such command: {line[:80]!r}"
            hint = f"it knows {', '.join(self._commands)}"
            raise UsageError(problem, hint=hint) from None
        try:
            return await command(**asked)
        except TypeError as error:
            problem = f"the command has other arguments: {error}"
            raise UsageError(problem, hint="restart the stack after an update") from error
