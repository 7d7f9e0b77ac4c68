"""Speak to the supervisor of a state folder."""

import json
import socket
from pathlib import Path
from typing import Any

from vedette.errors import InUseError, VedetteError
from vedette.supervisor.folder import StateFolder

_SECONDS = {"status": 10.0, "stop": 60.0, "restart": 120.0, "reload": 120.0, "revert": 120.0}
_CHUNK = 1 << 16


class NotRunningError(VedetteError):
    """No stack runs in a state folder."""


def call(state: Path, command: str, **arguments: Any) -> dict[str, Any]:
    """Give the supervisor a command and return its answer.

    Args:
        state: The state folder.
        command: `status`, `stop`, `restart` (program=...) or `reload` (spec=...).
        arguments: Of the command; anything that JSON can hold.

    Raises:
        NotRunningError: no stack runs there.
        InUseError: one is only starting, or does not answer.
        VedetteError: what the supervisor refuses.
    """
    request = json.dumps({"command": command, **arguments}).encode() + b"\n"
    folder = StateFolder(state)
    address = folder.read_record().get("socket")
    if folder.holder() is None:
        raise _not_running(state)
    if not address:
        problem = f"the stack in {state} is only just starting"
        raise InUseError(problem, hint="wait a moment and ask again")
    try:
        line = _exchange(str(address), request, _SECONDS.get(command, 10.0))
    except OSError as error:
        if folder.holder() is None:
            raise _not_running(state) from None
        reason = error.strerror or str(error) or "it closed the connection"
        problem = f"the supervisor of {state} does not answer: {reason}"
        raise InUseError(problem, hint="wait a moment; `vedette down` ends it") from None
    return _result(json.loads(line))


def _exchange(address: str, request: bytes, seconds: float) -> bytes:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as sock:
        sock.settimeout(seconds)
        sock.connect(address)
        sock.sendall(request)
        answer = b""
        while not answer.endswith(b"\n"):
            chunk = sock.recv(_CHUNK)
            if not chunk:
                raise ConnectionResetError
            answer += chunk
    return answer


def _result(answer: dict[str, Any]) -> dict[str, Any]:
    if "error" in answer:
        told = answer["error"]
        error = VedetteError(told["problem"], hint=told["hint"])
        error.exit_code = int(told["code"])
        raise error
    result: dict[str, Any] = answer["result"]
    return result


def _not_running(state: Path) -> NotRunningError:
    problem = f"no stack runs in {state}"
    return NotRunningError(problem, hint="`vedette up` starts one; --state FOLDER names another")
