"""The programs of the stack, as their supervisor sees them."""

from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool


async def fetch(state: Path | None) -> dict[str, Any]:
    """Ask the supervisor for its status.

    Args:
        state: The stack's state folder; None where no stack is shown: then there are none.

    Raises:
        VedetteError: the supervisor does not answer.
    """
    if state is None:
        return {"name": "", "programs": []}
    return await run_in_threadpool(_status, state)


def _status(state: Path) -> dict[str, Any]:
    from vedette.supervisor.control import call

    return dict(call(state, "status"))
