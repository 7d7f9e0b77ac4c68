"""Change a running stack to what its plan file says now."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

WORDS = {
    "started": "started",
    "stopped": "stopped",
    "restarted": "restarted",
    "reloaded": "reloaded without a restart",
}


def is_running(state: Path) -> bool:
    """True where a stack runs in a state folder.

    Args:
        state: The state folder.

    Raises:
        InUseError: one is only starting, or does not answer.
    """
    from vedette.supervisor import control

    try:
        control.call(state, "status")
    except control.NotRunningError:
        return False
    return True


def reload_stack(state: Path, file: Path | None) -> dict[str, Any]:
    """Render anew and swap it in; return names under what became of them.

    Args:
        state: The state folder of the stack.
        file: The plan file; None for that with which it was started.

    Raises:
        VedetteError: no stack runs, or the change was refused and taken back.
    """
    from vedette.supervisor import control, launch
    from vedette.supervisor.folder import StateFolder
    from vedette.supervisor.wishes import Wishes
    from vedette.terminal.getting import getting
    from vedette.terminal.plan import read_plan

    control.call(state, "status")
    wishes = Wishes.recorded(StateFolder(state).read_record().get("wishes"))
    known = file or (Path(wishes.file) if wishes.file else None)
    plan = read_plan(known, state)
    with getting() as progress:
        changed = launch.reload(plan, wishes, progress)
    launch.wait_until_ready(lambda: control.call(state, "status"))
    return changed


def told(changed: Mapping[str, Any]) -> str:
    """Return what became of the programs, one line each."""
    lines = [f"{', '.join(names)}: {WORDS[kind]}" for kind, names in changed.items() if names]
    return "\n".join(lines) or "nothing has changed"
