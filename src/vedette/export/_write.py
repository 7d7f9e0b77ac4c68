"""Put rendered files into a folder."""

from collections.abc import Mapping
from pathlib import Path

from vedette.errors import InUseError, UsageError

# Containers read the files as another user, by way of a daemon that needs no way in; people
# on this machine do, and the files may hold secrets.
_PRIVATE, _FOLDER = 0o700, 0o755
_FILE = 0o644


def write(
    files: Mapping[str, str], folder: Path, *, force: bool = False, private: bool = True
) -> None:
    """Write every file below `folder`.

    Args:
        files: Path below the folder to text.
        folder: Made where it is missing.
        force: True writes into a folder that is not empty; what else is in it stays.
        private: True where the folder is to be open to its owner only.

    Raises:
        InUseError: the folder is not empty.
        UsageError: it cannot be written.
    """
    try:
        if not force and folder.is_dir() and any(folder.iterdir()):
            problem = f"{folder} is not empty"
            raise InUseError(problem, hint="choose another folder, or add --force to write into it")
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(_PRIVATE if private else _FOLDER)
        for name, text in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            path.chmod(_FILE)
    except OSError as fault:
        problem = f"{folder} cannot be written: {fault.strerror or fault}"
        raise UsageError(problem, hint="choose a folder that you may write to") from None
