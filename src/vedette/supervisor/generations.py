"""The rendered files: written beside those in use, then put in their place in one step."""

import contextlib
import itertools
import shutil
from collections.abc import Mapping
from pathlib import Path

from vedette.supervisor.files import make_folder, refusal, write

_PREFIX = "config-"


def stage(state: Path, files: Mapping[str, Mapping[str, str]]) -> Path:
    """Write a new generation of rendered files; nothing uses it yet.

    Args:
        state: The state folder.
        files: Per component: path below its folder to text.

    Returns:
        The folder of the generation.

    Raises:
        VedetteError: they cannot be written.
    """
    used = {path.name for path in state.glob(f"{_PREFIX}*")}
    number = next(n for n in itertools.count(1) if f"{_PREFIX}{n}" not in used)
    folder = make_folder(state / f"{_PREFIX}{number}")
    try:
        for component, texts in files.items():
            make_folder(folder / component)
            for name, text in texts.items():
                make_folder((folder / component / name).parent)
                write(folder / component / name, text)
    except BaseException:
        drop(folder)
        raise
    return folder


def current(state: Path) -> Path | None:
    """Return the generation in use, or None where there is none yet."""
    link = state / "config"
    return state / link.readlink() if link.is_symlink() else None


def swap(state: Path, generation: Path) -> None:
    """Put a generation in use; whoever opens a file sees the old or the new, never a mixture.

    Raises:
        VedetteError: the folder cannot be changed.
    """
    link, beside = state / "config", state / ".config"
    try:
        beside.unlink(missing_ok=True)
        beside.symlink_to(generation.name)
        beside.replace(link)
    except OSError as error:
        refused = refusal("replace", link, error)
        raise refused from error


def drop(generation: Path) -> None:
    """Remove a generation that is no longer wanted."""
    with contextlib.suppress(OSError):
        shutil.rmtree(generation)


def drop_all_but(state: Path, generation: Path) -> None:
    """Remove every other generation, such as those of a start that was interrupted."""
    for path in state.glob(f"{_PREFIX}*"):
        if path != generation:
            drop(path)
