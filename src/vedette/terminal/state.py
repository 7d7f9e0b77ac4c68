"""Find the state folder of a stack, also where its plan file has been broken since."""

from pathlib import Path


def find_state(file: Path | None, state: Path | None) -> Path:
    """Return the state folder that the options mean.

    A stack must be seen and stopped also while its plan file is wrong; then the folder
    beside that file counts, if there is one.

    Args:
        file: Value of `--file`.
        state: Value of `--state`.

    Raises:
        PlanFileError: the file is wrong, and no stack was ever started beside it.
    """
    from vedette import planfile, settings

    known = state or settings.read().state
    if known is not None:
        return known.expanduser().absolute()
    try:
        return planfile.read(file).state
    except planfile.PlanFileError:
        beside = _beside(file)
        if not (beside / "version").is_file():
            raise
        return beside


def plan_path(file: Path | None) -> Path | None:
    """Return the plan file that `--file` means, absolute; None where there is none.

    Args:
        file: Value of `--file`.
    """
    from vedette import planfile, settings

    given = file or settings.read().file or planfile.find(Path.cwd())
    return given.expanduser().absolute() if given else None


def _beside(file: Path | None) -> Path:
    given = plan_path(file) or Path.cwd()
    return (given if given.is_dir() else given.parent) / ".vedette"
