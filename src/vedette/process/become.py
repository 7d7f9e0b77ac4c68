"""Become another program: this process ends, and its number, terminal and signals are its."""

import os
from collections.abc import Mapping, Sequence
from typing import NoReturn

from vedette import settings
from vedette.errors import CommandError


def become(program: str, argv: Sequence[str], env: Mapping[str, str]) -> NoReturn:
    """Replace this process; the exit code and every signal are then that program's own.

    Args:
        program: The path of the program.
        argv: Its arguments, its name first.
        env: Added to the environment.

    Raises:
        CommandError: it cannot be executed here.
    """
    try:
        os.execve(program, list(argv), settings.child_environment(**env))  # noqa: S606 - that is what it is for
    except OSError as error:
        problem = f"{program} cannot be run here: {error.strerror}"
        raise CommandError(problem, hint="is it whole, and made for this machine?") from None
